"""The service may have as many connections open as it has seats for."""

from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest
import structlog

from signaling import logs, serving
from signaling.open_files import ENOUGH, allow_open_files, needed
from signaling.settings import Settings


@pytest.fixture
def hard() -> Iterator[int]:
    """The hard limit, with the soft one as most systems set it."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_the_limit_is_raised_as_far_as_is_of_use(hard: int) -> None:
    with structlog.testing.capture_logs() as said:
        allow_open_files(Settings())
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(hard, ENOUGH), hard)
    assert [(line["event"], line["log_level"]) for line in said] == [("open_files", "info")]


def test_a_machine_that_allows_too_few_for_the_seats_is_said(hard: int) -> None:
    given = Settings(seats=hard)
    with structlog.testing.capture_logs() as said:
        allow_open_files(given)
    [line] = said
    assert (line["event"], line["allowed"], line["needed"]) == ("few_open_files", hard, needed(given))


def test_it_is_raised_before_anybody_is_heard(monkeypatch, hard: int) -> None:
    found = []

    async def serve(*_given: object) -> None:
        found.append(resource.getrlimit(resource.RLIMIT_NOFILE)[0])

    monkeypatch.setattr(serving, "serve", serve)
    monkeypatch.setattr(logs, "configure", lambda _given: None)
    serving.main()
    assert found == [min(hard, ENOUGH)]
