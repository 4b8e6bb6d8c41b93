"""Words in the text of papers, as Vietnamese is typed: with its marks or without, the tone on either vowel.

A query finds pages on which its words follow one another; its last word may be a beginning. Pages that have them
with all marks come first, then those that have them without ("bao cao" finds "báo cáo", and not the other way).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meeting_app.names import TONES, folded

AROUND = 60  # characters of the page on either side
_WORD = re.compile(r"[^\W_]+")
_TONES = frozenset(TONES[1:])


@dataclass(frozen=True)
class Hit:
    """The first place on a page, with what stands around it."""

    page: int  # from 1
    before: str
    match: str
    after: str
    exact: bool  # with all marks of the query


class IndexedPage:
    """A page's text, its words spelled out once for all queries; some 10 KB for a dense page."""

    __slots__ = ("_bare", "_spelled", "_text")

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFC", text)
        words = _WORD.findall(self._text)
        self._spelled = _joined(map(spelled, words))
        self._bare = _joined(map(folded, words))

    def find(self, page: int, query: Sequence[str]) -> Hit | None:
        """`query` as `words_of` gives it."""
        if not query:
            return None
        exact, pattern = True, _pattern(query)
        found = pattern.search(self._spelled)
        if found is None and all(folded(word) == word for word in query):
            exact, found = False, pattern.search(self._bare)
        if found is None:
            return None
        at = found.string.count(" ", 0, found.start())
        places = [(word.start(), word.end()) for word in _WORD.finditer(self._text)]
        start, end = places[at][0], places[at + len(query) - 1][1]
        before = self._text[max(0, start - AROUND) : start]
        after = self._text[end : end + AROUND]
        # Excerpts begin and end with whole words.
        if start > AROUND:
            before = before.partition(" ")[2]
        if len(self._text) > end + AROUND:
            after = after.rpartition(" ")[0]
        return Hit(page, before, self._text[start:end], after, exact)


def words_of(query: str) -> list[str]:
    """The words of a query, ready to be compared."""
    return [spelled(word) for word in _WORD.findall(unicodedata.normalize("NFC", query))]


def find(pages: Iterable[IndexedPage], query: Sequence[str]) -> list[Hit]:
    """At most one hit a page, exact ones first, then in the order of pages."""
    found = (page.find(number, query) for number, page in enumerate(pages, 1))
    return sorted((hit for hit in found if hit is not None), key=lambda hit: not hit.exact)


def spelled(word: str) -> str:
    """The word in small letters with its tone behind it: "hòa" and "hoà" are one."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    letters = "".join(c for c in decomposed if c not in _TONES)
    return unicodedata.normalize("NFC", letters) + "".join(c for c in decomposed if c in _TONES)


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _pattern(query: Sequence[str]) -> re.Pattern[str]:
    """The words one after the other; the last may go on, before its tone: "cáo" begins with "cá" and with "ca"."""
    *whole, last = query
    tone = last[-1] if last[-1] in _TONES else ""
    before = "".join(f" {re.escape(word)}" for word in whole)
    return re.compile(rf"{before} {re.escape(last.removesuffix(tone))}[^ ]*{tone}(?= )")
