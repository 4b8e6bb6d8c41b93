"""What goes wrong, and that it does not matter."""
