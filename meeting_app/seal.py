"""Sealing what the database keeps but must not give away: read back only with a key that lies elsewhere."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class Seal:
    """Seals short texts, and signs what is shown in public, with one key of the installation."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)
        self._key = key

    def close(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """None when it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def sign(self, text: str) -> str:
        """Twenty hexadecimal digits that only who has the key could have written below this text."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:20]


def open_seal(path: Path) -> Seal:
    """The seal whose key is in this file; a new one where there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return Seal(path.read_bytes())
    with os.fdopen(descriptor, "wb") as file:
        file.write(key := Fernet.generate_key())
    return Seal(key)
