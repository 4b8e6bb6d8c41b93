"""A selective forwarding unit: it receives each person's encoded media once and sends it on, never decoding it."""
