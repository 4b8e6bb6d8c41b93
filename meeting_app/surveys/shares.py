"""Shares and means of whole numbers, as Vietnamese papers write them: one decimal, after a comma."""

from __future__ import annotations


def percent(part: int, whole: int) -> str:
    """ "33,3%"; a dash of nothing."""
    return "–" if whole == 0 else f"{decimal(part * 100, whole)}%"


def decimal(numerator: int, denominator: int) -> str:
    """The quotient, rounded half up to one decimal."""
    tenths = (numerator * 20 + denominator) // (2 * denominator)
    return f"{tenths // 10},{tenths % 10}"
