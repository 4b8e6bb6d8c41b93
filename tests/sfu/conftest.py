"""Garbage that is the same in every run, and a conference with time passed."""

import pytest
from hypothesis import settings

from tests.sfu.people import Conference

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("repeatable")


@pytest.fixture
def conference(monkeypatch):
    return Conference(monkeypatch)
