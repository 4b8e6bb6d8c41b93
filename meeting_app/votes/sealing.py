"""A ballot made unreadable until the count, and read then.

Each is sealed to the public key of its vote (RFC 9180, X25519, HKDF-SHA256, ChaCha20-Poly1305), bound to the vote, and
has the same length whatever it says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from meeting_app.errors import BadInput, BallotsUnreadable

OPTIONS_MAX = 64
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look alike
CODE_LENGTH = 16  # 80 random bits

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True)
class Ballot:
    """What is inside: options by their place in the vote, and the code its voter knows it by."""

    choices: frozenset[int]
    code: str


def check_code(code: str) -> None:
    """Raises `BadInput`."""
    if len(code) != CODE_LENGTH or any(letter not in CODE_LETTERS for letter in code):
        raise BadInput(f"a code has {CODE_LENGTH} of the letters {CODE_LETTERS}", "code")


def choices_of(options: Sequence[str], chosen: Collection[str]) -> frozenset[int]:
    """Raises `BadInput` for what is no option, or is named twice."""
    if len(set(chosen)) != len(chosen) or not set(chosen) <= set(options):
        raise BadInput("a ballot names options of the vote, each once", "choices")
    return frozenset(options.index(one) for one in chosen)


def seal(ballot: Ballot, vote: str, public_key: str) -> bytes:
    marks = sum(1 << choice for choice in ballot.choices).to_bytes(OPTIONS_MAX // 8, "big")
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    return _SUITE.encrypt(marks + ballot.code.encode("ascii"), key, info=vote.encode())


def unseal(sealed: Iterable[bytes], vote: str, private_key: X25519PrivateKey) -> list[Ballot]:
    """Raises `BallotsUnreadable` when one of them was changed, or is of another vote."""
    try:
        return [_read(_SUITE.decrypt(one, private_key, info=vote.encode())) for one in sealed]
    except (InvalidTag, ValueError) as error:
        raise BallotsUnreadable("a sealed ballot is not as it was written", "vote") from error


def _read(plain: bytes) -> Ballot:
    marks, code = plain[: OPTIONS_MAX // 8], plain[OPTIONS_MAX // 8 :]
    bits = int.from_bytes(marks, "big")
    return Ballot(frozenset(place for place in range(OPTIONS_MAX) if bits >> place & 1), code.decode("ascii"))
