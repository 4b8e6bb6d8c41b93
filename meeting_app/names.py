"""Vietnamese names as they are searched and put in order.

Family name first, known and sorted by the given name, which comes last: `order_key` sorts by given name, then
family name, then the names between. It is plain ASCII, so that every database orders it alike.
"""

from __future__ import annotations

import unicodedata

# The alphabet of Vietnamese; letters of other languages stand where their bare form does.
LETTERS = tuple("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
_PLACE = {letter: f"{chr(97 + number // 26)}{chr(97 + number % 26)}" for number, letter in enumerate(LETTERS)}
# The tones in the order of dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# Marks that make another letter, not another tone: circumflex, breve, horn.
_SHAPES = "\u0302\u0306\u031b"


def folded(text: str) -> str:
    """The form in which texts are compared in a search: no marks, no case, "đ" as "d"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def search_key(*texts: str) -> str:
    """The folded words of the texts, each after a space, so that " word" finds where one begins."""
    return "".join(f" {word}" for text in texts for word in folded(text).split())


def order_key(name: str) -> str:
    """Sorts as the name does among others: given name, family name, the names between."""
    words = name.split()
    arranged = [*words[-1:], *words[:-1]]
    return "".join(_syllable(word) for word in arranged)


def _syllable(word: str) -> str:
    """Letters first, then the tone: "An" < "Ân", "Hòa" < "Hoà" never, they are the same."""
    letters, tone = [], 0
    for character in unicodedata.normalize("NFC", word.lower()):
        base, *marks = unicodedata.normalize("NFD", character)
        tone = next((TONES.index(mark) for mark in marks if mark in TONES), tone)
        shaped = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _SHAPES))
        letters.append(_PLACE.get(shaped) or _PLACE.get(base, ""))
    # Digits come before letters, so a shorter word comes before a longer one that begins like it.
    return f"{''.join(letters)}0{tone}"
