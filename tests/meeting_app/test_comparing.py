"""Two versions' texts: what came, what went, and that nothing else is said."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from meeting_app.documents import comparing
from meeting_app.documents.comparing import Piece, compare

OLD = "Ủy ban có 405 đại biểu được triệu tập, có mặt 380 đại biểu."
NEW = "Ủy ban có 405 đại biểu được triệu tập, có mặt 391 đại biểu chính thức."


def test_a_changed_word_stands_between_those_that_stayed():
    found = compare([OLD], [NEW])
    assert [(piece.kind, piece.text) for piece in found.pieces] == [
        ("same", "Ủy ban có 405 đại biểu được triệu tập, có mặt"),
        ("removed", "380"),
        ("added", "391"),
        ("same", "đại"),
        ("removed", "biểu."),
        ("added", "biểu chính thức."),
    ]
    assert (found.added, found.removed, found.more) == (4, 2, False)


def test_the_same_text_has_nothing_to_show():
    assert compare([OLD, NEW], [OLD, NEW]) == comparing.Comparison((), 0, 0, False)


def test_where_lines_and_pages_break_is_no_change():
    assert compare(["một hai\nba", "bốn"], ["một", "hai ba   bốn"]).pieces == ()


def test_each_piece_names_its_page():
    found = compare(["một", "hai", "ba"], ["một", "ba bốn"])
    assert found.pieces == (
        Piece("same", "một", 1),
        Piece("removed", "hai", 2),
        Piece("same", "ba", 2),
        Piece("added", "bốn", 2),
    )


def test_of_what_stayed_only_the_words_beside_a_change_are_sent():
    words = [f"chữ{n}" for n in range(400)]
    changed = [*words[:200], "mới", *words[200:]]
    found = compare([" ".join(words)], [" ".join(changed)])
    assert found.pieces == (
        Piece("same", " ".join(words[200 - comparing.AROUND : 200]), 1, skipped=200 - comparing.AROUND),
        Piece("added", "mới", 1),
        Piece("same", " ".join(words[200 : 200 + comparing.AROUND]), 1),
    )


def test_too_many_changes_are_cut_and_said_to_be():
    apart = 2 * comparing.AROUND + 2
    words = [f"chữ{n}" for n in range(apart * comparing.MOST_PIECES)]
    changed = ["mới" if n % apart == 0 else word for n, word in enumerate(words)]
    found = compare([" ".join(words)], [" ".join(changed)])
    assert (len(found.pieces), found.more, found.added) == (comparing.MOST_PIECES, True, comparing.MOST_PIECES)


letters = st.lists(st.sampled_from("abcdefg"), max_size=40)


@given(letters, letters)
def test_what_stayed_and_went_is_the_older_text_and_with_what_came_the_newer(older, newer):
    """Each word is told once, in its place, however the texts repeat themselves."""
    matches = comparing._matches(older, newer)
    a = b = 0
    for start_a, start_b, length in matches:
        assert start_a >= a and start_b >= b and length > 0
        assert older[start_a : start_a + length] == newer[start_b : start_b + length]
        a, b = start_a + length, start_b + length
    found = compare([" ".join(older)], [" ".join(newer)])
    kept = sum(length for *_, length in matches)
    assert (found.removed, found.added) == (len(older) - kept, len(newer) - kept)


def test_a_thousand_pages_without_a_word_in_common_order_take_no_minute():
    chance = random.Random(1)
    syllables = [f"chữ{n}" for n in range(300)]
    older = [" ".join(chance.choices(syllables, k=100)) for _ in range(300)]
    newer = [" ".join(chance.choices(syllables, k=100)) for _ in range(300)]
    began = time.process_time()
    assert compare(older, newer).added > 0
    assert time.process_time() - began < 10
