"""Docstrings name the keys that the benches print."""

import dataclasses

import pytest

from bench import demo, fanout, firstpage, join, link, meeting


@pytest.mark.parametrize("bench", [fanout, join, demo, meeting, firstpage, link])
def test_every_key_is_explained(bench):
    lines = [line.split() for line in bench.__doc__.splitlines() if line.startswith("    ")]
    assert [words[0] for words in lines if words] == [field.name for field in dataclasses.fields(bench.Figures)]


def test_every_column_has_a_form():
    assert list(fanout.HEADINGS) == [field.name for field in dataclasses.fields(fanout.Figures)]
