"""The promises of every package, kept by tests that mirror the source."""
