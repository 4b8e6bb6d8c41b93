"""Children that die come back alone, and none is left at the end."""

from __future__ import annotations

import ast
import asyncio
import os
import signal
import socket
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import structlog

import sfu.settings
from signaling.folders import hold_data
from signaling.settings import Settings, SettingsError, as_environment, read
from signaling.supervisor import Child, Supervisor, check_address, children_of
from tests.signaling.waiting import PATIENCE_S, until

FOR_EVER = (sys.executable, "-c", "import time; time.sleep(600)")


def is_alive(pid: int) -> bool:
    """Whether it runs; what has died stays a zombie where the first process collects nobody, as in a container."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


async def test_a_killed_child_comes_back_and_the_other_goes_on() -> None:
    supervisor = Supervisor([Child("one", FOR_EVER), Child("two", FOR_EVER)])
    await supervisor.start()
    try:
        await until(lambda: len(supervisor.pids) == 2)
        before = supervisor.pids
        os.kill(before["one"], signal.SIGKILL)
        await until(lambda: supervisor.pids.get("one", before["one"]) != before["one"])
        assert supervisor.pids["two"] == before["two"]
    finally:
        await supervisor.close()
    assert not any(map(is_alive, before.values()))


async def test_a_child_is_not_started_before_what_it_waits_for() -> None:
    may_begin = asyncio.Event()
    late = Child("late", FOR_EVER, waits_for=may_begin.wait)
    supervisor = Supervisor([late, Child("early", FOR_EVER)])
    await supervisor.start()
    try:
        await until(lambda: "early" in supervisor.pids)
        assert "late" not in supervisor.pids
        may_begin.set()
        await until(lambda: "late" in supervisor.pids)
    finally:
        await supervisor.close()


@dataclass
class Health:
    """What a child says when it is asked, each time the next; the last for ever."""

    answers: list[bool]
    asked: int = 0

    async def __call__(self) -> None:
        said = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if not said:
            raise ConnectionRefusedError


async def test_a_child_that_hangs_is_killed_but_none_that_starts_or_was_late_once(monkeypatch) -> None:
    monkeypatch.setattr("signaling.supervisor.ASK_EVERY_S", 0.01)
    starting, late, hanging = Health([False] * 5 + [True]), Health([True, False, True]), Health([True, False, False])
    asked = {"starting": starting, "late": late, "hanging": hanging}
    supervisor = Supervisor([Child(name, FOR_EVER, answers=health) for name, health in asked.items()])
    await supervisor.start()
    try:
        await until(lambda: len(supervisor.pids) == 3)
        before = supervisor.pids
        await until(lambda: supervisor.pids.get("hanging", before["hanging"]) != before["hanging"])
        await until(lambda: min(starting.asked, late.asked) > 6)
        assert {**supervisor.pids, "hanging": 0} == {**before, "hanging": 0}
    finally:
        await supervisor.close()


async def test_a_child_that_never_answers_is_killed_in_the_end(monkeypatch) -> None:
    monkeypatch.setattr("signaling.supervisor.ASK_EVERY_S", 0.01)
    monkeypatch.setattr("signaling.supervisor.START_WITHIN_S", 0.3)
    supervisor = Supervisor([Child("mute", FOR_EVER, answers=Health([False]))])
    await supervisor.start()
    try:
        await until(lambda: supervisor.pids)
        first = supervisor.pids["mute"]
        await until(lambda: supervisor.pids.get("mute", first) != first)
    finally:
        await supervisor.close()


async def test_a_child_that_hangs_from_the_start_has_no_more_time_than_one_that_refuses(monkeypatch) -> None:
    monkeypatch.setattr("signaling.supervisor.ASK_EVERY_S", 0.01)
    monkeypatch.setattr("signaling.supervisor.ANSWER_WITHIN_S", 0.2)
    monkeypatch.setattr("signaling.supervisor.START_WITHIN_S", 0.5)
    asked = []

    async def say_nothing() -> None:
        asked.append(supervisor.pids["deaf"])
        await asyncio.sleep(600)

    supervisor = Supervisor([Child("deaf", FOR_EVER, answers=say_nothing)])
    await supervisor.start()
    try:
        await until(lambda: len(set(asked)) == 2)
        assert asked.count(asked[0]) <= 3  # of a fifth of a second each
    finally:
        await supervisor.close()


async def test_a_spare_takes_over_at_once(monkeypatch, tmp_path) -> None:
    """It has started before it is needed, and begins only then."""
    monkeypatch.setattr("signaling.supervisor.HEALTHY_AFTER_S", 0.1)
    program = (
        "import os, pathlib, sys, time\n"
        "from signaling.supervisor import stand_by\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "(folder / f'ready-{os.getpid()}').touch()\n"
        "if stand_by():\n"
        "    (folder / f'began-{os.getpid()}').touch()\n"
        "    time.sleep(600)\n"
    )
    supervisor = Supervisor([Child("one", (sys.executable, "-c", program, str(tmp_path)), stands_by=True)])
    await supervisor.start()
    try:
        await until(lambda: len(list(tmp_path.glob("ready-*"))) == 2)
        [first] = tmp_path.glob("began-*")
        assert first.name == f"began-{supervisor.pids['one']}"
        [spare] = {path.name[6:] for path in tmp_path.glob("ready-*")} - {first.name[6:]}
        os.kill(supervisor.pids["one"], signal.SIGKILL)
        await until((tmp_path / f"began-{spare}").exists)
        assert supervisor.pids["one"] == int(spare)
    finally:
        await supervisor.close()
    pids = [int(path.name[6:]) for path in tmp_path.glob("ready-*")]
    await until(lambda: not any(map(is_alive, pids)))


async def test_a_spare_that_dies_is_replaced(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("signaling.supervisor.HEALTHY_AFTER_S", 0.1)
    program = "import os, pathlib, sys\n(pathlib.Path(sys.argv[1]) / str(os.getpid())).touch()\nsys.stdin.readline()\n"
    supervisor = Supervisor([Child("one", (sys.executable, "-c", program, str(tmp_path)), stands_by=True)])

    def spares() -> set[int]:
        return {int(path.name) for path in tmp_path.iterdir()} - set(supervisor.pids.values())

    await supervisor.start()
    try:
        await until(lambda: len(spares()) == 1)
        first = spares()
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        await until(lambda: len(spares()) == 2)
        assert not any(map(is_alive, first))
    finally:
        await supervisor.close()
    assert not any(map(is_alive, spares()))


async def test_a_system_that_starts_nothing_for_a_while_ends_no_watch(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("signaling.supervisor.HEALTHY_AFTER_S", 0.1)
    program, away = tmp_path / "program", tmp_path / "away"
    away.write_text(f"#!/bin/sh\nmv {program} {away}\nread begin\nexec sleep 600\n")
    away.chmod(0o700)
    supervisor = Supervisor([Child("one", (str(program),), stands_by=True)])
    with structlog.testing.capture_logs() as logs:

        def said(event: str) -> bool:
            return any(line["event"] == event for line in logs)

        await supervisor.start()
        try:
            await until(lambda: said("child_not_started"))
            away.rename(program)
            await until(lambda: "one" in supervisor.pids)
            await until(lambda: said("spare_not_started"))
            first = supervisor.pids["one"]
            away.rename(program)
            os.kill(first, signal.SIGKILL)
            await until(lambda: supervisor.pids.get("one", first) != first)
        finally:
            await supervisor.close()


async def test_a_child_that_does_not_listen_is_killed(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("signaling.supervisor.END_WITHIN_S", 0.2)
    marker = tmp_path / "deaf"
    deaf = (
        "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"
    )
    supervisor = Supervisor([Child("deaf", (sys.executable, "-c", deaf, str(marker)))])
    await supervisor.start()
    await until(marker.exists)
    pid = supervisor.pids["deaf"]
    await supervisor.close()
    await supervisor.close()
    assert not is_alive(pid)


async def test_children_die_with_a_killed_supervisor() -> None:
    program = (
        "import asyncio, sys\n"
        "from signaling.supervisor import Child, Supervisor\n"
        "async def main():\n"
        "    s = Supervisor([Child('c', (sys.executable, '-c', 'import time; time.sleep(600)'))])\n"
        "    await s.start()\n"
        "    while not s.pids: await asyncio.sleep(0.01)\n"
        "    print(s.pids['c'], flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    lines = [line async for line in _until_pid(parent.stdout)]
    pid = int(lines[-1])
    parent.kill()
    await parent.wait()
    await until(lambda: not is_alive(pid))


async def test_a_service_that_outlives_its_supervisor_still_holds_the_data(tmp_path) -> None:
    given = Settings(data=tmp_path)
    held = hold_data(given)
    *workers, service = children_of(given, held)
    assert not any(worker.inherits for worker in workers)
    supervisor = Supervisor([replace(service, arguments=FOR_EVER)])
    await supervisor.start()
    try:
        await until(lambda: supervisor.pids)
        os.close(held)  # as the kernel does for a process that is killed
        with pytest.raises(SettingsError, match="already runs"):
            hold_data(given)
    finally:
        await supervisor.close()
    os.close(hold_data(given))


async def _until_pid(stream: asyncio.StreamReader):
    async with asyncio.timeout(PATIENCE_S):
        while line := (await stream.readline()).decode().strip():
            yield line
            if line.isdigit():
                return


def test_an_address_that_is_taken_is_said() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{port} .*HOITRUONG_PORT"):
            check_address(Settings(port=port))
    check_address(Settings(port=port))


def test_each_worker_has_its_own_socket_and_port(tmp_path) -> None:
    *workers, service = children_of(Settings(data=tmp_path, workers=2, sfu_port=50000, sfu_advertise="10.0.0.1"))
    assert [w.environment["HOITRUONG_SFU_PORT"] for w in workers] == ["50000", "50001"]
    assert len({w.environment["HOITRUONG_SFU_CONTROL"] for w in workers}) == 2
    assert service.arguments[-1] == "signaling"


async def test_the_secrets_of_the_service_stay_from_the_workers(monkeypatch, tmp_path) -> None:
    secrets = {"DATABASE_URL", "HOITRUONG_OIDC_SECRET", "HOITRUONG_TURN_SECRET"}
    for name in secrets:
        monkeypatch.setenv(name, "secret")
    program = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(repr(dict(os.environ)))"
    told = {}
    for child in children_of(Settings(data=tmp_path, log_format="console", log_level="debug")):
        path = tmp_path / child.name
        supervisor = Supervisor([replace(child, arguments=(sys.executable, "-c", program, str(path)))])
        await supervisor.start()
        await until(lambda path=path: path.exists() and path.read_text().endswith("}"))
        await supervisor.close()
        told[child.name] = ast.literal_eval(path.read_text())
    assert not secrets & told["sfu-0"].keys()
    assert secrets <= told["signaling"].keys()
    given = sfu.settings.read(told["sfu-0"])
    assert (given.log_format, given.log_level) == ("console", "debug")


def test_the_service_child_reads_the_same_settings(tmp_path) -> None:
    given = Settings(data=tmp_path, demo=True, turn_urls=("turn:a", "turn:b"), turn_secret="s", port=0)
    assert read(as_environment(given)) == given


@pytest.mark.parametrize("given", [Settings(host="a..b"), Settings(host="192.0.2.1"), Settings(port=70_000)])
def test_an_address_that_cannot_be_listened_on_is_named(given: Settings) -> None:
    with pytest.raises(SettingsError, match=f"cannot listen on {given.host}:{given.port}"):
        check_address(given)
