"""What one forwarded packet costs: a real worker beside a bare C loop that only encrypts and sends.

`python -m bench.fanout` prints a table; with `--json` one object a line, whose keys are

    receivers       how many real DTLS and SRTP receivers were in the room
    delivered       packets that arrived, divided by those sent; above 1 some came twice, or late from before the round
    us_per_packet   CPU time of the worker, all its work included, divided by packets that arrived (µs)
    floor_gso_us    the same of the C loop with one UDP_SEGMENT send a run
    floor_sendto_us the same of the C loop with one send a packet
    ratio_to_floor  us_per_packet / floor_gso_us
    delay_p50_ms    from the publisher's making a packet to the receiver's kernel having it
    delay_p99_ms
    voice_delay_p99_ms  of voices alone
    floor_delay_p99_ms  of the C loop with UDP_SEGMENT, from when a run was due to the kernel's having taken it
    stolen          share of the worker's processor that a host of virtual machines gave to others meanwhile, 0 to 1
    calmest_delay_p99_ms  delay_p99_ms of the round in which least was stolen
    calmest_stolen  how much that was
    checked         packets decrypted and compared byte by byte
    damaged         those of them that were not as sent; anything but 0 is a fault
    memory_kb       resident memory of the worker
"""

import argparse
import asyncio
import json
import os
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import floor, media
from bench.people import ROOM, SPEAKER, Publisher, Receiver, fill, join
from bench.sink import LONGEST, Sink
from bench.worker import TICKS_PER_S, Worker, started
from sfu import control
from sfu.wire.rtp import payload_end, payload_start
from sfu.wire.srtp import Buffer

SETTLE_S = 3.0  # until every slot shows the picture
ROUNDS = 5  # of worker and floor in turn, since a shared machine is not equally fast all the time
SETTLE_AGAIN_S = 1.0
QUIET_S = 0.2  # until the last packets are counted
SAMPLE_EVERY = 97  # prime, so that no packet of a picture is favoured
WORKER_CPU, LOAD_CPU = 0, (os.cpu_count() or 1) - 1


@dataclass(frozen=True)
class Figures:
    """One line of the table; the module says what the names mean."""

    receivers: int
    delivered: float
    us_per_packet: float
    floor_gso_us: float
    floor_sendto_us: float
    ratio_to_floor: float
    delay_p50_ms: float
    delay_p99_ms: float
    voice_delay_p99_ms: float
    floor_delay_p99_ms: float
    stolen: float
    calmest_delay_p99_ms: float
    calmest_stolen: float
    checked: int
    damaged: int
    memory_kb: int


@dataclass(frozen=True)
class Round:
    """What the worker did while the publisher sent for a while."""

    sent: int  # packets
    arrived: int
    cpu_s: float
    begun_ns: int  # Unix time
    ended_ns: int
    stolen: float  # of the worker's processor, 0 to 1


@dataclass(frozen=True)
class Sample:
    """A packet that arrived as it was sent."""

    made_ns: int  # Unix time
    delay_ms: float
    voice: bool


async def measure(count: int, seconds: float, gso: bool = True, compiled: bool = True) -> Figures:
    """One room of `count` receivers; worker and floor in turn, at the same receivers."""
    os.sched_setaffinity(0, {LOAD_CPU})
    async with started(WORKER_CPU, gso, compiled) as worker:
        publisher = Publisher()
        await join(worker.link, SPEAKER, publisher.connection, ("microphone", "camera"))
        publishing = asyncio.create_task(publisher.run())
        receivers = await fill(worker.link, count)
        await asyncio.sleep(SETTLE_S)
        unseen = sum(receiver.pictures == 0 for receiver in receivers)
        if unseen:
            raise RuntimeError(f"{unseen} of {count} receivers see nothing")
        publishing.cancel()
        loop = asyncio.get_running_loop()
        for receiver in receivers:
            loop.remove_reader(receiver.connection.socket)
        sink = Sink([receiver.connection.socket for receiver in receivers], LOAD_CPU)
        reporting = asyncio.create_task(_report(receivers, sink))
        ports = [receiver.connection.socket.getsockname()[1] for receiver in receivers]
        try:
            rounds, whole, single = [], [], []
            for _ in range(ROUNDS):
                rounds.append(await _worker(worker, publisher, sink, seconds / ROUNDS))
                whole.append(await _floor(ports, True, seconds / ROUNDS / 2, sink))
                single.append(await _floor(ports, False, seconds / ROUNDS / 2, sink))
            memory_kb = worker.memory_kb()
        finally:
            sink.close()
            reporting.cancel()
            await asyncio.gather(reporting, publishing, return_exceptions=True)
        await worker.link.ask(control.CloseRoom, room=ROOM)
    samples, damaged = _check(receivers, sink)
    for person in (publisher, *receivers):
        person.connection.vanish()
    sent, arrived = sum(each.sent for each in rounds), sum(each.arrived for each in rounds)
    calmest = min(rounds, key=lambda each: each.stolen)
    calm = [sample for sample in samples if calmest.begun_ns <= sample.made_ns < calmest.ended_ns]
    us_per_packet = sum(each.cpu_s for each in rounds) / arrived * 1e6
    floor_gso_us = statistics.mean(us for us, _ in whole)
    return Figures(
        receivers=count,
        delivered=arrived / (sent * count),
        us_per_packet=us_per_packet,
        floor_gso_us=floor_gso_us,
        floor_sendto_us=statistics.mean(us for us, _ in single),
        ratio_to_floor=us_per_packet / floor_gso_us,
        delay_p50_ms=statistics.median(sample.delay_ms for sample in samples),
        delay_p99_ms=_p99_ms(samples),
        voice_delay_p99_ms=_p99_ms([sample for sample in samples if sample.voice]),
        floor_delay_p99_ms=statistics.mean(delay_ms for _, delay_ms in whole),
        stolen=statistics.mean(each.stolen for each in rounds),
        calmest_delay_p99_ms=_p99_ms(calm),
        calmest_stolen=calmest.stolen,
        checked=len(samples),
        damaged=damaged,
        memory_kb=memory_kb,
    )


async def _report(receivers: list[Receiver], sink: Sink) -> None:
    """Each receiver's report once a second, spread over it."""
    while True:
        for index, receiver in enumerate(receivers):
            receiver.report(sink.of(index))
            await asyncio.sleep(1 / len(receivers))


async def _worker(worker: Worker, publisher: Publisher, sink: Sink, seconds: float) -> Round:
    await _publish(publisher, SETTLE_AGAIN_S)
    sink.keep_every(SAMPLE_EVERY)
    cpu_s, sent, arrived = worker.cpu_s(), publisher.sent, sink.packets
    begun_ns, stolen_s = media.now_ns(), _stolen_s()
    await _publish(publisher, seconds)
    sink.keep_every(0)
    ended_ns = media.now_ns()
    return Round(
        sent=publisher.sent - sent,
        arrived=sink.packets - arrived,
        cpu_s=worker.cpu_s() - cpu_s,
        begun_ns=begun_ns,
        ended_ns=ended_ns,
        stolen=(_stolen_s() - stolen_s) / (ended_ns - begun_ns) * 1e9,
    )


def _stolen_s() -> float:
    """Time so far in which the worker's processor would have run, had its host let it (proc(5), steal)."""
    lines = Path("/proc/stat").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"cpu{WORKER_CPU} ")).split()[8]) / TICKS_PER_S


async def _publish(publisher: Publisher, seconds: float) -> None:
    publishing = asyncio.create_task(publisher.run())
    await asyncio.sleep(seconds)
    publishing.cancel()
    await asyncio.sleep(QUIET_S)


async def _floor(ports: list[int], gso: bool, seconds: float, sink: Sink) -> tuple[float, float]:
    """µs a packet that arrived, and the 99th percentile of the delay in ms."""
    before = sink.packets
    result = await asyncio.to_thread(floor.run, ports, gso, seconds, WORKER_CPU)
    await asyncio.sleep(QUIET_S)
    return result.cpu_s / (sink.packets - before) * 1e6, result.delay_p99_ms


def _check(receivers: list[Receiver], sink: Sink) -> tuple[list[Sample], int]:
    """The sampled packets that are as they were sent, and how many are not."""
    samples, damaged = [], 0
    buffer = Buffer(LONGEST)
    for index, arrival_ns, data in sink.samples():
        buffer.bytes[: len(data)] = data
        size = receivers[index].connection.inbound.unprotect(buffer, len(data))
        payload = b"" if size < 0 else _payload(buffer.bytes, size)
        made_ns = media.made_ns(payload)
        if made_ns is None:
            damaged += 1
        else:
            samples.append(Sample(made_ns, (arrival_ns - made_ns) / 1e6, media.is_voice(payload)))
    return samples, damaged


def _p99_ms(samples: list[Sample]) -> float:
    return statistics.quantiles((sample.delay_ms for sample in samples), n=100)[98]


def _payload(packet: bytearray, size: int) -> bytes:
    return bytes(packet[payload_start(packet, size) : payload_end(packet, size)])


HEADINGS = {
    "receivers": "{:d}",
    "delivered": "{:.4f}",
    "us_per_packet": "{:.2f}",
    "floor_gso_us": "{:.2f}",
    "floor_sendto_us": "{:.2f}",
    "ratio_to_floor": "{:.2f}",
    "delay_p50_ms": "{:.1f}",
    "delay_p99_ms": "{:.1f}",
    "voice_delay_p99_ms": "{:.1f}",
    "floor_delay_p99_ms": "{:.1f}",
    "stolen": "{:.3f}",
    "calmest_delay_p99_ms": "{:.1f}",
    "calmest_stolen": "{:.3f}",
    "checked": "{:d}",
    "damaged": "{:d}",
    "memory_kb": "{:d}",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fanout", description=__doc__.splitlines()[0])
    parser.add_argument("--receivers", type=int, nargs="+", default=[50, 100, 300])
    parser.add_argument("--seconds", type=float, default=10.0, help="length of a measurement")
    parser.add_argument("--no-gso", action="store_true", help="the worker sends packets one by one")
    parser.add_argument("--plain", action="store_true", help="the worker writes packets in Python")
    parser.add_argument("--json", action="store_true", help="one object a line")
    arguments = parser.parse_args()
    if not arguments.json:
        print("  ".join(HEADINGS))
    for count in arguments.receivers:
        figures = asdict(asyncio.run(measure(count, arguments.seconds, not arguments.no_gso, not arguments.plain)))
        if arguments.json:
            print(json.dumps(figures), flush=True)
        else:
            cells = (form.format(figures[name]).rjust(len(name)) for name, form in HEADINGS.items())
            print("  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
