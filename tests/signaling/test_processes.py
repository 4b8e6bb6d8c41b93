"""One machine as it really runs: supervisor, real media worker, service; each killed in turn."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import pytest

from signaling import supervisor
from signaling.settings import Settings
from signaling.supervisor import Supervisor, children_of
from tests.signaling.conftest import Person, Province, Service
from tests.signaling.waiting import PATIENCE_S, until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine(Service):
    """The same service in processes of its own."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.port = settings.port
        self.supervisor = Supervisor(children_of(settings))

    async def start(self) -> None:
        self.settings.run_folder.mkdir(parents=True, exist_ok=True)
        await self.supervisor.start()
        await self.until_ready()

    async def until_ready(self) -> None:
        async with aiohttp.ClientSession() as http, asyncio.timeout(60):
            while True:
                try:
                    async with http.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass  # not listening yet
                await asyncio.sleep(0.05)

    async def kill(self, name: str) -> None:
        """Kill a child and wait for its successor to be started."""
        pid = self.supervisor.pids[name]
        os.kill(pid, signal.SIGKILL)
        await until(lambda: self.supervisor.pids.get(name, pid) != pid)

    async def stop(self) -> None:
        await self.supervisor.close()


@pytest.fixture
async def machine(settings: Settings, province: Province) -> AsyncIterator[Machine]:
    machine = Machine(msgspec.structs.replace(settings, port=free_port(), sfu_port=0))
    await machine.start()
    yield machine
    await machine.stop()


@pytest.fixture
def asked_often(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set once a worker has answered: from then on it may miss little."""
    answered, answers = asyncio.Event(), supervisor.worker_answers

    async def noted(control: Path) -> None:
        await answers(control)
        answered.set()

    monkeypatch.setattr(supervisor, "worker_answers", noted)
    monkeypatch.setattr(supervisor, "ASK_EVERY_S", 1.0)
    monkeypatch.setattr(supervisor, "ANSWER_WITHIN_S", 0.5)
    return answered


async def test_a_worker_that_hangs_is_killed_and_its_successor_takes_over(
    asked_often: asyncio.Event, machine: Machine
) -> None:
    await asked_often.wait()
    pid = machine.supervisor.pids["sfu-0"]
    service = machine.supervisor.pids["signaling"]
    os.kill(pid, signal.SIGSTOP)
    await until(lambda: machine.supervisor.pids.get("sfu-0", pid) != pid)
    await machine.until_ready()
    assert machine.supervisor.pids["signaling"] == service


async def test_each_process_dies_and_comes_back_alone(machine: Machine, province: Province) -> None:
    an, chair = Person(machine, "an"), Person(machine, "chair")
    try:
        for person in (an, chair):
            await person.post("/api/enter", {"token": province.tokens[person.name]})
            await person.connect()
            await person.until("welcome")
        assert (await an.media("offer", sdp="v=0"))["problem"]["code"] == "bad_offer"

        service_pid = machine.supervisor.pids["signaling"]
        await machine.kill("sfu-0")
        await machine.until_ready()
        assert (await an.command("raise_hand"))["ok"]
        assert machine.supervisor.pids["signaling"] == service_pid

        worker_pid = machine.supervisor.pids["sfu-0"]
        last = (await chair.command("say", text="trước"))["seq"]
        await machine.kill("signaling")
        await asyncio.wait_for(an.socket.wait(), PATIENCE_S)
        await machine.until_ready()
        for person in (an, chair):
            await person.connect(seq=last)
        welcome = await an.until("welcome")
        assert welcome.get("meeting") is None and welcome["seq"] == last
        assert (await chair.command("say", text="sau"))["seq"] == last + 1
        assert machine.supervisor.pids["sfu-0"] == worker_pid
    finally:
        await an.close()
        await chair.close()
