"""Files go to each reader at the reader's pace, whole."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from signaling.sending import Sending

OCTETS = 3 * 2**20 + 17  # more than a socket takes at once


@pytest.fixture
async def sending() -> AsyncIterator[Sending]:
    sending = Sending()
    yield sending
    await sending.close()
    await sending.close()


@pytest.fixture
def file(tmp_path: Path):
    path = tmp_path / "paper"
    path.write_bytes(os.urandom(OCTETS))
    with path.open("rb") as opened:
        yield opened


@pytest.fixture
def line():
    """What the service writes to, and what a reader reads from."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    with ours, theirs:
        yield ours, theirs


async def read(line: socket.socket, octets: int) -> bytes:
    loop, got = asyncio.get_running_loop(), b""
    while len(got) < octets:
        got += await loop.sock_recv(line, 2**20)
    return got


async def test_what_was_asked_for_arrives_and_the_descriptors_stay_the_callers(sending: Sending, file, line) -> None:
    ours, theirs = line
    offset, count = 5, OCTETS - 10
    reading = asyncio.create_task(read(theirs, count))
    await sending.send(ours.fileno(), file.fileno(), offset, count)
    file.seek(offset)
    assert hashlib.sha256(await reading).digest() == hashlib.sha256(file.read(count)).digest()
    ours.send(b"next")
    assert await read(theirs, 4) == b"next"


async def test_who_reads_nothing_keeps_nobody_waiting(sending: Sending, file, line) -> None:
    ours, theirs = line
    slow, deaf = socket.socketpair()
    with slow, deaf:
        slow.setblocking(False)
        waiting = asyncio.create_task(sending.send(slow.fileno(), file.fileno(), 0, OCTETS))
        await asyncio.sleep(0)
        reading = asyncio.create_task(read(theirs, OCTETS))
        await sending.send(ours.fileno(), file.fileno(), 0, OCTETS)
        assert len(await reading) == OCTETS and not waiting.done()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_who_has_gone_is_told_of(sending: Sending, file, line) -> None:
    ours, theirs = line
    theirs.close()
    with pytest.raises(ConnectionError):
        await sending.send(ours.fileno(), file.fileno(), 0, OCTETS)


async def test_who_takes_nothing_for_long_counts_as_gone(
    sending: Sending, file, line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.sending.LOOK_EVERY_S", 0.01)
    monkeypatch.setattr("signaling.sending.STALLED_S", 0.05)
    with pytest.raises(ConnectionError):
        await sending.send(line[0].fileno(), file.fileno(), 0, OCTETS)


async def test_a_file_that_becomes_shorter_is_no_whole_file(sending: Sending, file, line) -> None:
    reading = asyncio.create_task(read(line[1], OCTETS))
    with pytest.raises(ConnectionError):
        await sending.send(line[0].fileno(), file.fileno(), 0, OCTETS + 1)
    await reading


async def test_the_end_of_the_service_waits_for_nobody(sending: Sending, file, line) -> None:
    waiting = asyncio.create_task(sending.send(line[0].fileno(), file.fileno(), 0, OCTETS))
    await asyncio.sleep(0)
    await sending.close()
    with pytest.raises(ConnectionError):
        await waiting
    with pytest.raises(ConnectionError):
        await sending.send(line[0].fileno(), file.fileno(), 0, OCTETS)
