"""The places that bots take, kept in a file between those who give them out and those who take them."""

from __future__ import annotations

from pathlib import Path

import msgspec

PLACES_FILE = "places.json"


class Place(msgspec.Struct):
    """A delegate's place and how a bot comes in."""

    name: str
    token: str
    cookie: str | None = None  # None: the link was not used yet


def write(path: Path, places: list[Place]) -> None:
    """All or nothing. The file holds secrets: only who started the demonstration may read it."""
    unfinished = path.with_suffix(".new")
    unfinished.touch(0o600)
    unfinished.write_bytes(msgspec.json.encode(places))
    unfinished.rename(path)


def read(path: Path) -> list[Place]:
    return msgspec.json.decode(path.read_bytes(), type=list[Place])
