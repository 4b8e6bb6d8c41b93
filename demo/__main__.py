"""Starts the demonstration: the processes of `hoitruong serve` over a fresh conference, and the bots."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec

from demo import cast
from demo.places import PLACES_FILE
from demo.readiness import until_answering, until_seated
from signaling import logs, settings, supervisor
from signaling.folders import LOCK_FILE, hold_data, make_folders
from signaling.settings import Settings, SettingsError
from signaling.supervisor import Child, children_of


def demo_settings(given: Settings) -> Settings:
    """The operator's settings, made those of a demonstration. Raises `SettingsError` for an outside address."""
    changed = msgspec.structs.replace(
        given,
        demo=True,
        convert_unconfined=True,  # nobody comes from outside
        data=given.data / "demo",
        database_url="",
        public_url="",
        log_level="warning",
    )
    return settings.check(changed)


def forget_earlier(data: Path) -> None:
    """Leave nothing of an earlier demonstration, but the file by which we hold the folder."""
    for path in data.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != LOCK_FILE:
            path.unlink()


def children(given: Settings, clips: Path, on_camera: int, held: int | None = None) -> list[Child]:
    hall = (sys.executable, "-m", "demo.serve")
    ordinary = children_of(given, held)
    processes = [replace(child, arguments=hall) if child.name == "signaling" else child for child in ordinary]
    # Coming in and drawing must not slow down what they come to.
    bots = (
        *("nice", "-n", "10"),
        *(sys.executable, "-m", "demo.bots"),
        *("--hall", given.address),
        *("--places", str(given.data / PLACES_FILE)),
        *("--clips", str(clips)),
        *("--on-camera", str(on_camera)),
    )
    # The page comes first: what they load would take the processor from it.
    return [*processes, Child("bots", bots, waits_for=partial(until_seated, given.address))]


async def announce(given: Settings) -> None:
    """Say where the demonstration is once its page is there, which itself waits for the conference."""
    await until_answering(given.address)
    print(f"Hội Trường, bản trình diễn: http://localhost:{given.port}")
    print("Dừng lại bằng Ctrl+C.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="hoitruong demo", description="A demonstration conference in session.")
    parser.add_argument("--on-camera", type=int, default=len(cast.ON_CAMERA), help="how many bots send pictures")
    options = parser.parse_args()
    try:
        operators = settings.read()
        given = demo_settings(operators)
        make_folders(given)
        held = hold_data(given)
        supervisor.check_address(given)
    except SettingsError as error:
        sys.exit(f"hoitruong demo: {error}")
    logs.configure(given)
    forget_earlier(given.data)
    make_folders(given)
    processes = children(given, operators.data / "clips", options.on_camera, held)
    asyncio.run(supervisor.run(processes, lambda: announce(given)))


if __name__ == "__main__":
    main()
