"""What the system costs, one figure a script; README.md says how to read them."""
