"""Packets that real clients sent; README.md says which."""

from pathlib import Path


def vector(name: str) -> bytes:
    return Path(__file__).with_name(f"{name}.bin").read_bytes()
