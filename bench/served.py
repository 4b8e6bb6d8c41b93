"""The service as it really runs, with a probe beside it that notes how late its event loop is.

`python -m bench.served FILE` reads its settings as `python -m signaling` does. At its end it writes a JSON list of
(moment on the monotonic clock, milliseconds late) into FILE, one for every time the probe slept.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import uvloop

from signaling import logs, settings
from signaling.serving import serve

PROBE_S = 0.005


async def probe(late: list[tuple[float, float]]) -> None:
    while True:
        due = time.monotonic() + PROBE_S
        await asyncio.sleep(PROBE_S)
        now = time.monotonic()
        late.append((now, max(0.0, now - due) * 1000))


async def run(file: Path) -> None:
    late: list[tuple[float, float]] = []
    probing = asyncio.create_task(probe(late))
    await serve(settings.read())
    probing.cancel()
    await asyncio.to_thread(file.write_text, json.dumps(late))


if __name__ == "__main__":
    logs.configure(settings.read())
    uvloop.run(run(Path(sys.argv[1])))
