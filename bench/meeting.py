"""A hall of five hundred votes and reads: how soon a ballot is acknowledged, how soon every screen shows it.

`python -m bench.meeting` prints a table; with `--json` one object a line, whose keys are

    database             sqlite or postgresql
    screens              connected delegates, each by a Socket.IO client of its own
    ballots              cast within `--seconds`, evenly
    ballot_ack_p50_ms    from sending a ballot to having the answer, which comes after the commit
    ballot_ack_p99_ms
    event_p99_ms         from sending a ballot to a screen's knowing that its voter has voted, over all screens
    ballot_lag_p99_ms    how late the service's event loop was meanwhile
    service_cores        CPU time of the service meanwhile, divided by the time that passed
    lost                 acknowledged ballots that are not in the database, or not on every screen
    doubled              ballots that are in the log, or on a screen, more than once
    gaps                 places where a screen missed a number of the log
    readers              delegates who then fetch a paper of 40 MB, all at once, while everybody stays connected
    fetched              readers who got the whole file within 30 s
    fetch_s              until the last had it, or time was up
    loop_lag_p99_ms      how late the service's event loop was while they fetched
    echo_p99_ms          floor: the same messages to a bare python-socketio server that echoes them
    commit_p99_ms        floor: one row inserted and committed in the same kind of database, one after the other

The service has CPU 0, everything else the last CPU. Everything is made in a temporary folder and ends with the run.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import uvloop
from sqlalchemy import select

from bench import floors, paper, readers
from bench.assembly import Screen, Service, convene, free_port, screens, served
from bench.fanout import LOAD_CPU, WORKER_CPU
from meeting_app import events
from meeting_app.acting import Actor
from meeting_app.models import OpenBallot
from signaling.database import open_database
from signaling.serving import spare_the_loop
from signaling.settings import Settings
from tests import postgres

AT_MOST_S = 300.0
SHOWN_WITHIN_S = 20.0
SETTLE_S = 2.0
PAPER_OCTETS = 40 * 2**20
FETCH_WITHIN_S = 30.0


@dataclass(frozen=True)
class Figures:
    """One line of the table; the module says what the names mean."""

    database: str
    screens: int
    ballots: int
    ballot_ack_p50_ms: float
    ballot_ack_p99_ms: float
    event_p99_ms: float
    ballot_lag_p99_ms: float
    service_cores: float
    lost: int
    doubled: int
    gaps: int
    readers: int
    fetched: int
    fetch_s: float
    loop_lag_p99_ms: float
    echo_p99_ms: float
    commit_p99_ms: float


@dataclass(frozen=True)
class Round:
    """Moments on the monotonic clock, by voter."""

    sent: dict[str, float]
    acknowledged: dict[str, float]
    begun: float
    ended: float
    cpu_s: float


def p99(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else max(values, default=0.0)


async def vote(service: Service, everybody: list[Screen], ballots: int, seconds: float) -> Round:
    """The chair opens a vote; so many cast their ballot, evenly; until every screen shows them."""
    chair, *delegates = everybody
    for step in ("check_in", "in_session"):
        await chair.command("set_state", f"bench-{step}", state=step)
    await _until(lambda: len({screen.seq for screen in everybody}) == 1)
    await asyncio.sleep(SETTLE_S)  # what 500 arrivals left to do
    spare_the_loop()  # ours too: a collection over 500 clients would be taken for the service's lateness
    await chair.command("open_vote", "bench-open", question="Thông qua Báo cáo")
    await _until(lambda: all(screen.vote for screen in everybody))
    sent: dict[str, float] = {}
    acknowledged: dict[str, float] = {}

    async def cast(screen: Screen, at: float) -> None:
        await asyncio.sleep(at - time.monotonic())
        # Not `at`: a client that is late itself is not the service's lateness.
        sent[screen.participant] = time.monotonic()
        key = f"bench-{screen.participant}"
        acknowledged[screen.participant] = await screen.command("cast_ballot", key, vote=screen.vote, choice="for")

    begun, cpu_s = time.monotonic(), service.cpu_s()
    due = [begun + 0.05 + number * seconds / ballots for number in range(ballots)]
    await asyncio.gather(*map(cast, delegates[:ballots], due))
    with contextlib.suppress(TimeoutError):
        await _until(lambda: all(len(screen.shown) == ballots for screen in everybody), SHOWN_WITHIN_S)
    return Round(sent, acknowledged, begun, time.monotonic(), service.cpu_s() - cpu_s)


async def _until(holds: Callable[[], bool], within_s: float = SHOWN_WITHIN_S) -> None:
    async with asyncio.timeout(within_s):
        while not holds():  # noqa: ASYNC110 - what is waited for happens in other processes
            await asyncio.sleep(0.05)


async def kept(settings: Settings, meeting: str) -> tuple[set[str], list[str]]:
    """Whose ballots are in the database, and whose the log tells of."""
    database = await open_database(settings)
    try:
        async with database.reading() as session:
            rows = set(await session.scalars(select(OpenBallot.participant_id)))
            told: list[events.Event] = []
            while more := await events.since(session, meeting, told[-1].seq if told else 0):
                told += more
            assert await events.verify(session, meeting) is None
        return rows, [event.data["participant"] for event in told if event.name == "ballot_cast"]
    finally:
        await database.close()


async def measure(database_url: str, folder: Path, people: int, ballots: int, seconds: float, fetching: int) -> Figures:
    settings = Settings(
        data=folder,
        database_url=database_url,
        port=free_port(),
        log_level="warning",
    )
    meeting, cookies = await convene(settings, people - 1)
    chair, *delegates = cookies
    address = await paper.bring_in(settings, Actor(meeting, chair), PAPER_OCTETS)
    readers_cookies = [cookies[delegate] for delegate in delegates[:fetching]]
    async with served(settings, WORKER_CPU) as service, screens(service.url, cookies) as everybody:
        round = await vote(service, everybody, ballots, seconds)
        fetched = await asyncio.to_thread(
            readers.fetch, settings.port, address, PAPER_OCTETS, readers_cookies, FETCH_WITHIN_S
        )
    rows, told = await kept(settings, meeting)
    acknowledged = set(round.acknowledged)
    on_all = set.intersection(*(set(screen.shown) for screen in everybody))
    ack_ms = [(at - round.sent[voter]) * 1000 for voter, at in round.acknowledged.items()]
    shown_ms = [(at - round.sent[voter]) * 1000 for screen in everybody for voter, at in screen.shown.items()]
    return Figures(
        database="postgresql" if database_url else "sqlite",
        screens=len(everybody),
        ballots=len(round.sent),
        ballot_ack_p50_ms=statistics.median(ack_ms),
        ballot_ack_p99_ms=p99(ack_ms),
        event_p99_ms=p99(shown_ms),
        ballot_lag_p99_ms=p99([ms for at, ms in service.late if round.begun <= at <= round.ended]),
        service_cores=round.cpu_s / (round.ended - round.begun),
        lost=len(acknowledged - rows) + len(acknowledged - on_all),
        doubled=len(told) - len(set(told)) + sum(screen.doubled for screen in everybody),
        gaps=sum(screen.gaps for screen in everybody),
        readers=len(readers_cookies),
        fetched=fetched.complete,
        fetch_s=fetched.ended - fetched.begun,
        loop_lag_p99_ms=p99([ms for at, ms in service.late if fetched.begun <= at <= fetched.ended]),
        echo_p99_ms=p99(await floors.echo_ms(people, ballots, seconds)),
        commit_p99_ms=p99(await floors.commit_ms(database_url, folder, ballots)),
    )


@contextlib.contextmanager
def database(kind: str) -> Iterator[str]:
    """Its URL; empty for SQLite, which the service makes itself."""
    if kind == "sqlite":
        yield ""
        return
    if reason := postgres.why_not():
        sys.exit(reason)
    with postgres.cluster(durable=True) as url:
        yield url


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.meeting", description=__doc__.splitlines()[0])
    parser.add_argument("--screens", type=int, default=500)
    parser.add_argument("--ballots", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true", help="one object a line")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    os.sched_setaffinity(0, {LOAD_CPU})
    if not arguments.json:
        print("  ".join(Figures.__dataclass_fields__))
    for kind in arguments.database:
        with database(kind) as url, tempfile.TemporaryDirectory(prefix="hoitruong-bench-") as folder:
            sizes = (arguments.screens, arguments.ballots, arguments.seconds, arguments.readers)
            measuring = measure(url, Path(folder), *sizes)
            figures = asdict(uvloop.run(asyncio.wait_for(measuring, AT_MOST_S)))
        if arguments.json:
            print(json.dumps(figures), flush=True)
        else:
            shown = (f"{value:.1f}" if isinstance(value, float) else str(value) for value in figures.values())
            print("  ".join(map(str.rjust, shown, map(len, figures))), flush=True)


if __name__ == "__main__":
    main()
