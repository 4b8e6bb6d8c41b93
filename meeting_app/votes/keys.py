"""The private keys of votes that are not counted yet: one small file each, outside the database.

Without its key a sealed ballot says nothing, to us or to anybody. So the key is never where ballots are, is safe on
disk before the first ballot is sealed, and is destroyed once the ballots are counted or the vote is cancelled.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from meeting_app.errors import BallotsUnreadable

KEY_BYTES = 32


class VoteKeys:
    """A folder of keys, closed to other users of the machine. The caller runs this off the event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, vote: str) -> str:
        """A new key for a vote, durable when this returns; the public half in hexadecimal."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = X25519PrivateKey.generate()
        descriptor = os.open(self._file(vote), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, private.private_bytes_raw())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._sync_folder()
        return private.public_key().public_bytes_raw().hex()

    def read(self, vote: str) -> X25519PrivateKey:
        """Raises `BallotsUnreadable` when the key is gone or is none."""
        try:
            return X25519PrivateKey.from_private_bytes(self._file(vote).read_bytes())
        except (OSError, ValueError) as error:
            raise BallotsUnreadable(f"the key of the vote cannot be read: {error}", "vote") from error

    def destroy(self, vote: str) -> None:
        """Overwrite and remove the key; a vote without one is left alone.

        A disk that never writes in place may keep the old block for a while: see docs/secret-votes.md.
        """
        try:
            descriptor = os.open(self._file(vote), os.O_WRONLY)
        except FileNotFoundError:
            return
        try:
            os.write(descriptor, os.urandom(KEY_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._file(vote).unlink(missing_ok=True)
        self._sync_folder()

    def held(self) -> frozenset[str]:
        """Votes of which there is a key."""
        return frozenset(file.stem for file in self._folder.glob("*.key"))

    def _file(self, vote: str) -> Path:
        return self._folder / f"{vote}.key"

    def _sync_folder(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
