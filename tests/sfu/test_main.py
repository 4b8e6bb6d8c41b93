"""`python -m sfu` as its supervisor sees it."""

import asyncio
import json
import os
import signal
import sys

from sfu import control
from tests.sfu.direction import PATIENCE_S, Director


async def start(**environ):
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sfu", env={**os.environ, **environ}, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def test_it_serves_until_it_is_told_to_stop(tmp_path):
    path = str(tmp_path / "c")
    process = await start(HOITRUONG_SFU_CONTROL=path, HOITRUONG_SFU_PORT="0")
    try:
        await asyncio.wait_for(process.stderr.readline(), PATIENCE_S)  # its socket is there before it listens
        director = await Director.connect(path)
        assert (await director.ask(control.Describe)).rooms == ()
        await director.close()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
    finally:
        if process.returncode is None:
            process.kill()


async def test_a_setting_that_cannot_be_used_ends_it_with_its_name():
    process = await start(HOITRUONG_SFU_PORT="many")
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert process.returncode == 1
    assert said.decode() == "sfu: HOITRUONG_SFU_PORT is not a whole number: 'many'\n"


async def test_alone_on_a_fresh_machine_it_makes_its_folder_and_logs_json(tmp_path):
    path = str(tmp_path / "data" / "run" / "c")
    process = await start(HOITRUONG_SFU_CONTROL=path, HOITRUONG_SFU_PORT="0")
    line = await asyncio.wait_for(process.stderr.readline(), PATIENCE_S)
    assert json.loads(line)["event"] == "sfu worker ready"
    process.send_signal(signal.SIGTERM)
    out, _ = await asyncio.wait_for(process.communicate(), PATIENCE_S)
    assert out == b""


async def test_a_spare_begins_with_the_word_and_ends_without(tmp_path):
    for word, begins in ((b"begin\n", True), (b"", False)):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sfu", stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "HOITRUONG_STANDBY": "1", "HOITRUONG_SFU_CONTROL": str(tmp_path / "c"),
                 "HOITRUONG_SFU_PORT": "0"},
        )  # fmt: skip
        process.stdin.write(word)
        process.stdin.close()
        said = await asyncio.wait_for(process.stderr.readline(), PATIENCE_S)
        assert (b"ready" in said) is begins
        if begins:
            process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), PATIENCE_S) == 0
