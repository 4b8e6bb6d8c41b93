"""How many of a whole a decision needs, exact in integers."""

from __future__ import annotations

# Numerator, denominator, and whether the share itself is enough: half of a whole is not more than half.
_SHARES: dict[str, tuple[int, int, bool]] = {
    "more_than_half": (1, 2, False),
    "two_thirds": (2, 3, True),
    "three_quarters": (3, 4, True),
}
SHARES = tuple(_SHARES)


def needed(share: str, whole: int) -> int:
    """The least number that is `share` of `whole`: 6 is two thirds of 9, and 7 of 10."""
    numerator, denominator, is_enough = _SHARES[share]
    if is_enough:
        return -(-numerator * whole // denominator)
    return numerator * whole // denominator + 1
