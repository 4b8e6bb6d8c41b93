"""How fast people get in: from the offer to keys on both sides, many at once.

The offers are a desktop Chromium's, 24 sections and 32 KB, with all that a person can send.
`python -m bench.join` prints a table; with `--json` one object a line, whose keys are

    peers           how many joined
    at_once         how many of them were joining at any moment
    joins_per_s     peers divided by the time until the last was connected
    offer_p50_ms    from handing in the offer to being connected: ICE, DTLS, keys
    offer_p95_ms
    answer_p50_ms   of that, until the worker's answer was there
    asked_again     offers that the worker did not answer in time, and that were handed in again
    worker_cpu_ms   CPU time of the worker a join
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import tests.vectors
from bench.fanout import LOAD_CPU, WORKER_CPU
from bench.people import ROOM
from bench.worker import started
from sfu import control
from sfu.client import Connection
from signaling.errors import WorkerGone

TRIES = 5
CHROMIUM = Path(tests.vectors.__file__).with_name("chromium_offer.sdp").read_bytes().decode()
# What it offers besides microphone, camera and screen: a stage, a screen and sixteen tiles.
PICTURE_SLOTS = 18


@dataclass(frozen=True)
class Figures:
    """One line of the table; the module says what the names mean."""

    peers: int
    at_once: int
    joins_per_s: float
    offer_p50_ms: float
    offer_p95_ms: float
    answer_p50_ms: float
    asked_again: int
    worker_cpu_ms: float


def as_chromium(offer: str) -> str:
    """The offer that Chromium would have made, with the credentials of this one."""
    own = dict(re.findall(r"^a=(ice-ufrag|ice-pwd|fingerprint):([^\r]+)", offer, re.MULTILINE))
    return re.sub(rf"^a=({'|'.join(own)}):[^\r]+", lambda line: f"a={line[1]}:{own[line[1]]}", CHROMIUM, flags=re.M)


async def measure(count: int, at_once: int) -> Figures:
    """`count` peers into one room, the offers made beforehand."""
    os.sched_setaffinity(0, {LOAD_CPU})
    async with started(WORKER_CPU) as worker:
        connections = [Connection(picture_slots=PICTURE_SLOTS) for _ in range(count)]
        offers = [as_chromium(connection.offer) for connection in connections]
        turns = asyncio.Semaphore(at_once)
        answered_ms, connected_ms = [], []
        asked_again = 0

        async def hand_in(number: int) -> str:
            nonlocal asked_again
            for _ in range(TRIES):
                try:
                    reply = await worker.link.ask(control.Join, room=ROOM, peer=f"peer {number}", offer=offers[number])
                except WorkerGone:
                    asked_again += 1
                else:
                    return reply.answer
            raise TimeoutError(f"the worker did not answer peer {number} {TRIES} times")

        async def enter(number: int) -> None:
            async with turns:
                begun = time.monotonic()
                answer = await hand_in(number)
                answered_ms.append((time.monotonic() - begun) * 1000)
                await connections[number].connect(answer, timeout_s=30)
                connected_ms.append((time.monotonic() - begun) * 1000)

        begun, cpu_s = time.monotonic(), worker.cpu_s()
        await asyncio.gather(*map(enter, range(count)))
        lasted_s, cpu_s = time.monotonic() - begun, worker.cpu_s() - cpu_s
        for connection in connections:
            connection.vanish()
    return Figures(
        peers=count,
        at_once=at_once,
        joins_per_s=count / lasted_s,
        offer_p50_ms=statistics.median(connected_ms),
        offer_p95_ms=statistics.quantiles(connected_ms, n=20)[18],
        answer_p50_ms=statistics.median(answered_ms),
        asked_again=asked_again,
        worker_cpu_ms=cpu_s / count * 1000,
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.join", description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=int, default=300)
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 16, 300])
    parser.add_argument("--json", action="store_true", help="one object a line")
    arguments = parser.parse_args()
    if not arguments.json:
        print("  ".join(Figures.__dataclass_fields__))
    for at_once in arguments.at_once:
        figures = asdict(asyncio.run(measure(arguments.peers if at_once > 1 else 30, at_once)))
        if arguments.json:
            print(json.dumps(figures), flush=True)
        else:
            print("  ".join(f"{value:.1f}".rjust(len(name)) for name, value in figures.items()), flush=True)


if __name__ == "__main__":
    main()
