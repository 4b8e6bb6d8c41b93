"""Packet rate: bytes in, bytes out. What is here obeys; it knows no socket, task or clock."""
