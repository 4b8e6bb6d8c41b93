"""One run of packets to many receivers: number, protect and send, one message a receiver.

A run is the packets of one picture (or one voice packet) in order of number. All receivers share its payloads;
each gets its own header (`sfu.wire.outlet`). The shorter packets are padded to the longest (RFC 3550 5.1), so that
the run is one contiguous buffer of equal segments that the kernel cuts (UDP_SEGMENT); only the last may be shorter.
The messages of `BATCH` receivers are written together (`sfu.wire.rows`) and go to the kernel together; of an urgent
run, which is one packet, those of `LONE_BATCH`.

A long picture for three hundred takes longer than a voice can wait. So between two batches of a picture the fan-out
asks what has come `meanwhile`, and an urgent run is sent there and then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol

from sfu.wire.outlet import Outlet, abs_send_time
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH, LONE_BATCH, MOST_PACKETS, Part, Rows
from sfu.wire.srtp import Buffer

MOST_PADDING = 32  # beyond this it is cheaper to split the run


class Batch:
    """Receivers whose messages are written together and go to the kernel in one call.

    Their payload type, extension and tag are the same.
    """

    __slots__ = ("_destinations", "columns", "messages", "outlets", "tag", "urgent")

    def __init__(self, outlets: Sequence[Outlet], urgent: bool, outbox: Outbox, rows: Rows) -> None:
        self.outlets, self.urgent, self.tag = outlets, urgent, outlets[0].context.tag
        self.columns = rows.columns(outlets)
        self._destinations = [outlet.destination for outlet in outlets]  # kept, as `messages` points there
        self.messages = outbox.messages(self._destinations)


class Audience:
    """Outlets that get the same runs; made anew when somebody comes or goes.

    An `urgent` run is one packet. It is never interrupted, and interrupts what is not: so runs of one stream keep their
    order.
    All of them must be connected when the first run leaves, and keep their numbering from then on: what is written
    of them, and said to the kernel, is prepared then.
    """

    __slots__ = ("_batches", "_outlets", "urgent")

    def __init__(self, outlets: Iterable[Outlet] = (), urgent: bool = False) -> None:
        self._outlets = tuple(outlets)
        self.urgent = urgent
        self._batches: list[Batch] | None = None

    def __len__(self) -> int:
        return len(self._outlets)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def batches(self, outbox: Outbox, rows: Rows) -> list[Batch]:
        if self._batches is None:
            alike: dict[tuple, list[Outlet]] = {}
            for outlet in self._outlets:
                alike.setdefault((outlet.context.tag, outlet.payload_type, outlet.extension), []).append(outlet)
            most = LONE_BATCH if self.urgent else BATCH
            self._batches = [
                Batch(outlets[at : at + most], self.urgent, outbox, rows)
                for outlets in alike.values()
                for at in range(0, len(outlets), most)
            ]
        return self._batches


def split(run: Sequence[Packet]) -> list[list[Packet]]:
    """Cut where padding would exceed `MOST_PADDING`; the last packet of a part may be shorter at no cost.

    A part is rewritten as one, so it is also cut where the descriptors differ, as a probe's does.
    """
    parts: list[list[Packet]] = []
    part: list[Packet] = []
    narrowest = widest = 0
    picture = (-1, -1)
    for packet in run:
        size = len(packet.payload)
        cut = size > narrowest + MOST_PADDING or narrowest < widest - MOST_PADDING or len(part) == MOST_PACKETS
        if not part or cut or (packet.picture_id, packet.tl0) != picture:
            picture = packet.picture_id, packet.tl0
            part = []
            parts.append(part)
            narrowest = widest = size
        part.append(packet)
        narrowest, widest = min(narrowest, size), max(widest, size)
    return parts


class Outbox(Protocol):
    """Where messages are written and from where they are sent; see `sfu.outbox`."""

    buffer: Buffer  # of BATCH * REGION bytes

    def messages(self, destinations: Sequence[object]) -> object: ...
    def shape(self, row: int, size: int) -> None: ...
    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]: ...


class Fanout:
    """Writes messages into the outbox and has them delivered, after `segment(stride)` has told the kernel how to cut.

    `segment` says whether it will; if not, packets go one by one through `sendto(bytes, address)`. 0 ends the cutting.

    `refused(error, bytes, stride, address, urgent)` takes what the socket would not; the buffer is used again as soon
    as it returns. `meanwhile()` is called in the middle of runs that are not urgent, and may send urgent ones; then it
    returns the time (µs), else None.

    Packets and octets of payload are counted in `packets` and `octets`, messages in `messages`, and in
    `unprotected` how often a receiver was passed over because its packets could not be encrypted.
    """

    def __init__(
        self,
        outbox: Outbox,
        rows: Rows,
        sendto: Callable[[memoryview, tuple], int],
        segment: Callable[[int], bool],
        refused: Callable[[OSError, memoryview, int, tuple, bool], None],
        meanwhile: Callable[[], int | None] | None = None,
    ) -> None:
        self.outbox, self.rows, self.sendto, self.segment, self.refused = outbox, rows, sendto, segment, refused
        self._meanwhile = meanwhile
        self._prepared: Part | None = None  # what the buffer is laid out for
        self.packets = self.octets = self.messages = self.unprotected = 0

    def send(self, run: Sequence[Packet], audience: Audience, now_us: int) -> None:
        """Send `run` to everybody in `audience`. Raises ValueError for an urgent run of more than one packet."""
        if audience.urgent and len(run) > 1:
            raise ValueError("an urgent run is one packet")
        stamp = abs_send_time(now_us)
        batches = audience.batches(self.outbox, self.rows)
        meanwhile = None if audience.urgent else self._meanwhile
        has_begun = False
        for packets in split(run) if len(run) > 1 else (run,):
            for tag, some in groupby(batches, lambda batch: batch.tag):
                part = Part(packets, tag, stamp)
                self._send_part(part, some, has_begun, meanwhile)
                stamp, has_begun = part.stamp, True

    def _send_part(
        self, part: Part, batches: Iterable[Batch], has_begun: bool, meanwhile: Callable[[], int | None] | None
    ) -> None:
        count = part.count
        whole = self._prepare(part)
        for batch in batches:
            if has_begun and meanwhile:
                whole = self._give_way(part, whole, meanwhile)
            has_begun = True
            refused = self.rows.write(batch.columns)
            for before, end in pairwise([-1, *refused, len(batch.outlets)]):
                self._deliver(before + 1, end, batch, part, whole)
            receivers = len(batch.outlets) - len(refused)
            self.messages += receivers * (1 if whole else count)
            self.packets += count * receivers
            self.octets += part.octets * receivers
            self.unprotected += len(refused)
        self._release(part, whole)

    def _give_way(self, part: Part, whole: bool, meanwhile: Callable[[], int | None]) -> bool:
        """Let urgent runs go first; whether the messages of `part` still go whole."""
        self._release(part, whole)
        if (now_us := meanwhile()) is not None:
            part.stamp = abs_send_time(now_us)  # what leaves later must not claim to have left earlier
        return self._prepare(part)

    def _prepare(self, part: Part) -> bool:
        """Set buffer and socket up for `part`; whether its messages go whole."""
        if self._prepared is not part:
            self._prepared = part
            self.outbox.shape(part.row, part.size)
            self.rows.begin(part)
        return part.count == 1 or self.segment(part.stride)

    def _release(self, part: Part, whole: bool) -> None:
        if whole and part.count > 1:
            self.segment(0)

    def _deliver(self, first: int, end: int, batch: Batch, part: Part, whole: bool) -> None:
        """Send the messages `first` to `end` - 1 of `batch`."""
        view, size, stride, row = self.outbox.buffer.view, part.size, part.stride, part.row
        if not whole:
            for at in range(first, end):
                for start in range(0, size, stride):
                    piece = view[at * row + start : at * row + min(start + stride, size)]
                    try:
                        self.sendto(piece, batch.outlets[at].address)
                    except OSError as error:
                        self.refused(error, piece, 0, batch.outlets[at].address, batch.urgent)
            return
        while first < end:
            delivered, error = self.outbox.deliver(batch.messages, first, end)
            first += delivered
            if error is not None:
                message = view[first * row : first * row + size]
                address = batch.outlets[first].address
                self.refused(error, message, stride if size > stride else 0, address, batch.urgent)
                first += 1
