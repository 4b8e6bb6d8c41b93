"""Settings of the meeting's rows, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    database_url: str  # sqlite+aiosqlite:// or postgresql+asyncpg://

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], data: Path) -> Settings:
        """`DATABASE_URL`, or a file in the data folder; `postgresql://` and `sqlite://` will do."""
        url = environ.get("DATABASE_URL") or f"sqlite:///{data / 'meetings.sqlite'}"
        for short, driver in (
            ("postgresql://", "postgresql+asyncpg://"),
            ("postgres://", "postgresql+asyncpg://"),
            ("sqlite://", "sqlite+aiosqlite://"),
        ):
            if url.startswith(short):
                url = driver + url.removeprefix(short)
        return cls(database_url=url)
