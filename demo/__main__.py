"""Starts the demonstration: a fresh conference, the processes of `hoitruong serve`, and the bots."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
from pathlib import Path

import msgspec

from demo import bots, cast, province
from demo.bots import Place
from demo.province import Conference
from signaling import logs, settings, supervisor
from signaling.clock import Clock
from signaling.database import open_database
from signaling.http.demo import keep
from signaling.messages import DemoLink, DemoLinks
from signaling.settings import Settings, SettingsError
from signaling.supervisor import Child, children_of

# Browsers resolve every name below localhost to this machine, and keep cookies by name: each role gets a name of
# its own, so that one browser can hold them all in its tabs.
HOST_OF = {"chair": "chu-tri", "secretary": "thu-ky", "big_screen": "man-hinh"}


def demo_settings(given: Settings) -> Settings:
    """The operator's settings, made those of a demonstration. Raises `SettingsError` for an outside address."""
    changed = msgspec.structs.replace(
        given, demo=True, data=given.data / "demo", database_url="", public_url="", log_level="warning"
    )
    return settings.check(changed)


async def prepare(given: Settings) -> Conference:
    """Begin anew: nothing of an earlier demonstration is left."""
    shutil.rmtree(given.data, ignore_errors=True)
    given.run_folder.mkdir(parents=True)
    database = await open_database(given)
    try:
        async with database.writing() as session:
            conference = await province.seed(session, Clock().utc())
    finally:
        await database.close()
    visitors = [link for link in conference.links if link.for_visitor]
    hosts = _hosts([link.role for link in visitors])
    links = tuple(
        DemoLink(
            role=link.role,
            name=link.name,
            title=link.title,
            url=f"http://{host}.localhost:{given.port}/v/{link.token}",
        )
        for link, host in zip(visitors, hosts, strict=True)
    )
    keep(given.data, DemoLinks(meeting=conference.meeting, title=conference.title, links=links))
    places = [
        Place(link.name, link.token)
        for link in conference.links
        if not link.for_visitor and link.name not in cast.ABSENT
    ]
    bots.write_places(_places_file(given), places)
    return conference


def _hosts(roles: list[str]) -> list[str]:
    """A name for each of those roles; delegates are numbered."""
    return [HOST_OF.get(role) or f"dai-bieu-{roles[:place].count(role) + 1}" for place, role in enumerate(roles)]


def _places_file(given: Settings) -> Path:
    return given.data / "places.json"


async def run(given: Settings, clips: Path, on_camera: int) -> None:
    await prepare(given)
    address = f"http://{given.host}:{given.port}"
    company = Child(
        "bots",
        (sys.executable, "-m", "demo.bots", "--hall", address, "--places", str(_places_file(given)),
         "--clips", str(clips), "--on-camera", str(on_camera)),
    )  # fmt: skip

    async def announce() -> None:
        await bots.wait_for(address)
        print(f"Hội Trường, bản trình diễn: http://localhost:{given.port}")
        print("Dừng lại bằng Ctrl+C.", flush=True)

    await supervisor.run([*children_of(given), company], announce)


def main() -> None:
    parser = argparse.ArgumentParser(prog="hoitruong demo", description="A demonstration conference in session.")
    parser.add_argument("--on-camera", type=int, default=len(cast.ON_CAMERA), help="bots that send pictures")
    options = parser.parse_args()
    try:
        operators = settings.read()
        given = demo_settings(operators)
    except SettingsError as error:
        sys.exit(f"hoitruong demo: {error}")
    logs.configure(given)
    asyncio.run(run(given, operators.data / "clips", options.on_camera))


if __name__ == "__main__":
    main()
