"""Names of rows: UUIDv7 text, so that rows sort by the time they were made."""

from __future__ import annotations

import os
import uuid
from datetime import datetime


def new_id(now: datetime, randomness: bytes | None = None) -> str:
    """RFC 9562 5.7: 48 bits of milliseconds, then 74 random bits around the version and the variant."""
    chance = int.from_bytes(randomness if randomness is not None else os.urandom(10), "big")
    value = (int(now.timestamp() * 1000) & (1 << 48) - 1) << 80 | chance
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
