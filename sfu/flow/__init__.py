"""Decisions a few times a second: each takes the time as `now` (µs) and returns what to do."""
