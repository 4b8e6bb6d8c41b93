"""What changed between the texts of two versions, word by word.

Passages of four words that stand once in either text hold the texts together, longest ascending line first; between
them shorter passages do, and what is left in the gaps is compared word by word (difflib). A gap in which nothing
stands once, and that is too wide for that, counts as written anew. So a report of a thousand pages takes about
as long as it has words. What only moved is shown as taken out and put in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

PASSAGES = (4, 2, 1)  # words
WIDEST = 40_000  # pairs of words that a gap may have to be compared one by one
AROUND = 12  # words that are kept of what stayed, on either side of a change
MOST_PIECES = 1_000

Kind = Literal["same", "added", "removed"]
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Piece:
    """A run of words of one page that stayed, came or went."""

    kind: Kind
    text: str
    page: int  # from 1; of the newer text, but of the older for what was removed
    skipped: int = 0  # words that stayed and are left out before it


@dataclass(frozen=True)
class Comparison:
    pieces: tuple[Piece, ...]  # in reading order; none: the texts are the same
    added: int  # words
    removed: int
    more: bool  # further pieces are left out


@dataclass(frozen=True)
class _Text:
    words: list[str]
    pages: list[int]  # of each word


def compare(older: Sequence[str], newer: Sequence[str]) -> Comparison:
    """The texts of all pages of two versions."""
    before, after = _read(older), _read(newer)
    pieces: list[Piece] = []
    added = removed = 0
    a = b = 0
    for start_a, start_b, length in [*_matches(before.words, after.words), (len(before.words), len(after.words), 0)]:
        removed += start_a - a
        added += start_b - b
        pieces += _pieces("removed", before, a, start_a)
        pieces += _pieces("added", after, b, start_b)
        a, b = start_a + length, start_b + length
        pieces += _pieces("same", after, start_b, b)
    shown = tuple(_shortened(pieces)) if added or removed else ()
    return Comparison(shown[:MOST_PIECES], added, removed, len(shown) > MOST_PIECES)


def _read(pages: Sequence[str]) -> _Text:
    words = [(word, number) for number, page in enumerate(pages, 1) for word in _WORD.findall(page)]
    return _Text([word for word, _ in words], [page for _, page in words])


def _pieces(kind: Kind, text: _Text, start: int, end: int) -> Iterator[Piece]:
    """Words `start` to `end`, a piece for each page."""
    while start < end:
        page = text.pages[start]
        stop = min(end, bisect_left(text.pages, page + 1, start))
        yield Piece(kind, " ".join(text.words[start:stop]), page)
        start = stop


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, of what stayed only the words beside a change."""
    skipped = 0
    for number, piece in enumerate(pieces):
        if piece.kind == "same":
            words = piece.text.split(" ")
            head = AROUND if number and pieces[number - 1].kind != "same" else 0
            tail = AROUND if number + 1 < len(pieces) and pieces[number + 1].kind != "same" else 0
            if len(words) > head + tail:
                if head:
                    yield replace(piece, text=" ".join(words[:head]), skipped=skipped)
                    skipped = 0
                skipped += len(words) - head - tail
                if tail:
                    yield replace(piece, text=" ".join(words[-tail:]), skipped=skipped)
                    skipped = 0
                continue
        yield replace(piece, skipped=skipped)
        skipped = 0


def _matches(a: list[str], b: list[str]) -> list[tuple[int, int, int]]:
    """Where the words agree: starts in either and length, ascending, none touching the next in both."""
    joined: list[tuple[int, int, int]] = []
    for start_a, start_b, length in sorted(_found(a, b)):
        if joined:
            last_a, last_b, last = joined[-1]
            if (last_a + last, last_b + last) == (start_a, start_b):
                joined[-1] = (last_a, last_b, last + length)
                continue
        joined.append((start_a, start_b, length))
    return joined


def _found(a: list[str], b: list[str]) -> Iterator[tuple[int, int, int]]:
    waiting = [(0, len(a), 0, len(b), PASSAGES)]
    while waiting:
        a1, a2, b1, b2, passages = waiting.pop()
        start_a, start_b = a1, b1
        while a1 < a2 and b1 < b2 and a[a1] == b[b1]:
            a1, b1 = a1 + 1, b1 + 1
        if a1 > start_a:
            yield start_a, start_b, a1 - start_a
        end_a = a2
        while a1 < a2 and b1 < b2 and a[a2 - 1] == b[b2 - 1]:
            a2, b2 = a2 - 1, b2 - 1
        if end_a > a2:
            yield a2, b2, end_a - a2
        if a1 == a2 or b1 == b2:
            continue
        if passages:
            length, *shorter = passages
            at_a, at_b = a1, b1
            for place_a, place_b in _anchors(a, a1, a2, b, b1, b2, length):
                if place_a < at_a or place_b < at_b:
                    continue  # it overlaps the one before, which was followed to its end
                waiting.append((at_a, place_a, at_b, place_b, tuple(shorter)))
                at_a, at_b = place_a, place_b
                while at_a < a2 and at_b < b2 and a[at_a] == b[at_b]:
                    at_a, at_b = at_a + 1, at_b + 1
                yield place_a, place_b, at_a - place_a
            waiting.append((at_a, a2, at_b, b2, tuple(shorter)))
        elif (a2 - a1) * (b2 - b1) <= WIDEST:
            matcher = SequenceMatcher(None, a[a1:a2], b[b1:b2], autojunk=False)
            for match in matcher.get_matching_blocks():
                if match.size:
                    yield a1 + match.a, b1 + match.b, match.size


def _anchors(a: list[str], a1: int, a2: int, b: list[str], b1: int, b2: int, length: int) -> list[tuple[int, int]]:
    """Passages that stand once in either stretch, the most that keep their order."""
    once_a, once_b = _once(a, a1, a2, length), _once(b, b1, b2, length)
    pairs = [(place, once_b[passage]) for passage, place in once_a.items() if passage in once_b]
    # The longest ascending line (patience sorting); `pairs` ascends in `a`.
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for number, (_, place_b) in enumerate(pairs):
        pile = bisect_left(ends, place_b)
        before.append(tops[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(place_b)
            tops.append(number)
        else:
            ends[pile], tops[pile] = place_b, number
    line = []
    at = tops[-1] if tops else -1
    while at >= 0:
        line.append(pairs[at])
        at = before[at]
    return line[::-1]


def _once(words: list[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    passages = [tuple(words[place : place + length]) for place in range(start, end - length + 1)]
    counts = Counter(passages)
    return {passage: start + place for place, passage in enumerate(passages) if counts[passage] == 1}
