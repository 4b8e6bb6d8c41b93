"""One run of packets to many receivers: number, protect and send, one message a receiver.

A run is the packets of one picture (or one voice packet) in order of number. All receivers share its payloads;
each gets its own header (`sfu.wire.outlet`). The shorter packets are padded to the longest (RFC 3550 5.1), so that
the run is one contiguous buffer of equal segments that the kernel cuts (UDP_SEGMENT); only the last may be shorter.
The messages of `BATCH` receivers are written together (`sfu.wire.rows`) and go to the kernel together; of an urgent
run, which is one packet, those of `LONE_BATCH`.

A long picture for three hundred takes longer than a voice can wait. So between two batches of a picture the fan-out
asks what has come `meanwhile`. An urgent run is then sent there and then to those who have the picture already. To
those who wait for it the run rides with it, as the last segment of their messages: a third of what its own would cost.
Who would wait too long for that gets it at once as well.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, islice, pairwise

from sfu.wire.audience import Audience, Batch, Outbox
from sfu.wire.outlet import abs_send_time
from sfu.wire.ring import Packet
from sfu.wire.rows import MOST_PACKETS, MOST_RIDER, Part, Rows

MOST_PADDING = 32  # beyond this it is cheaper to split the run
MOST_RIDES = 16  # batches of a picture that a voice rides with: five hundred receivers, who wait 10 ms


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


class Way:
    """A part on its way to the batches that are `left` of its audience.

    With those of them that are in `rides` the `rider` goes to who hears it: another batch, of the same receivers.
    """

    __slots__ = ("audience", "begun", "left", "part", "rider", "rider_begun", "rides")

    def __init__(self, part: Part, begun: object, left: Iterable[Batch], audience: Audience | None = None) -> None:
        self.part, self.begun, self.left, self.audience = part, begun, deque(left), audience
        self.rider: Part | None = None
        self.rider_begun: object = None
        self.rides: dict[Batch, Batch] = {}


class Fanout:
    """Writes messages into the outbox and has them delivered, after `segment(stride)` has told the kernel how to cut.

    `segment` says whether it will; if not, packets go one by one through `sendto(bytes, address)`. 0 ends the cutting.

    `refused(error, bytes, stride, address, urgent)` takes what the socket would not; the buffer is used again as soon
    as it returns. `meanwhile()` is called in the middle of runs that are not urgent, and may send urgent ones; then it
    returns the time (µs), else None.

    Packets and octets of payload are counted in `packets` and `octets`, messages in `messages`, in `ridden` the packets
    that rode with a picture, and in `unprotected` how often a receiver was passed over because its packets could not be
    encrypted.
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
        self._way: Way | None = None  # what an urgent run may ride with
        self._shape = (0, 0)  # of the messages in the outbox
        self.packets = self.octets = self.messages = self.ridden = self.unprotected = 0

    def send(self, run: Sequence[Packet], audience: Audience, now_us: int) -> None:
        """Send `run` to everybody in `audience`. Raises ValueError for an urgent run of more than one packet."""
        if audience.urgent and len(run) > 1:
            raise ValueError("an urgent run is one packet")
        stamp = abs_send_time(now_us)
        if audience.urgent and self._way is not None and self._rides(self._way, run, audience, stamp):
            return
        has_begun = False
        for packets in split(run) if len(run) > 1 else (run,):
            stamp = self._send_part(packets, audience.batches(self.outbox, self.rows), stamp, audience, has_begun)
            has_begun = True

    def _send_part(
        self,
        packets: Sequence[Packet],
        batches: Iterable[Batch],
        stamp: int,
        audience: Audience | None = None,
        has_begun: bool = False,
    ) -> int:
        """Send packets that make one message; the stamp of the last. Without `audience` nothing interrupts or rides."""
        meanwhile = None if audience is None or audience.urgent else self._meanwhile
        for tag, some in groupby(batches, lambda batch: batch.tag):
            part = Part(packets, tag, stamp)
            way = Way(part, self.rows.begin(part), some, audience)
            whole = self._cuts(part)
            while way.left:
                if has_begun and meanwhile:
                    whole = self._give_way(way, whole, meanwhile)
                has_begun = True
                self._send_batch(way, way.left.popleft(), whole)
            self._release(part, whole)
            stamp = way.part.stamp
        return stamp

    def _send_batch(self, way: Way, batch: Batch, whole: bool) -> None:
        part, rider = way.part, None
        refused = self.rows.write(way.begun, batch.columns)
        if (hearers := way.rides.pop(batch, None)) is not None:
            rider = way.rider
            refused = sorted({*refused, *self.rows.write(way.rider_begun, hearers.columns)})
        for before, end in pairwise([-1, *refused, len(batch.outlets)]):
            self._deliver(before + 1, end, batch, part, rider, whole)
        receivers, riders = len(batch.outlets) - len(refused), 1 if rider else 0
        self.messages += receivers * (1 if whole else part.count + riders)
        self.packets += receivers * (part.count + riders)
        self.octets += receivers * (part.octets + (rider.octets if rider else 0))
        self.ridden += receivers * riders
        self.unprotected += len(refused)

    # What comes meanwhile -----------------------------------------------------------------------------

    def _give_way(self, way: Way, whole: bool, meanwhile: Callable[[], int | None]) -> bool:
        """Let urgent runs go first or aboard; whether the messages still go whole."""
        self._release(way.part, whole)
        self._way = way if whole and way.part.count > 1 else None
        try:
            now_us = meanwhile()
        finally:
            self._way = None
        if now_us is not None:
            way.part.stamp = abs_send_time(now_us)  # what leaves later must not claim to have left earlier
            if way.rides:
                way.rider.stamp = way.part.stamp
        return self._cuts(way.part)

    def _rides(self, way: Way, run: Sequence[Packet], hearers: Audience, stamp: int) -> bool:
        """Take an urgent run aboard for all who wait for the picture, and send it to the others; False if it can't be.

        One rides at a time: when another comes, it gets off and goes first, as both may be of one voice.
        """
        if way.rides:
            rides, way.rides = way.rides, {}
            self._send_part(way.rider.packets, rides.values(), stamp)
            return False
        part, next_ones = way.part, list(islice(way.left, MOST_RIDES))
        if part.width - part.last > MOST_PADDING or 4 * sum(len(batch.outlets) for batch in next_ones) < len(hearers):
            return False  # it would cost more than it spares
        if part.last < part.width:
            part = Part(part.packets, part.tag, part.stamp, full=True)
        rider = Part(run, part.tag, stamp, behind=part)
        if rider.size > min(part.stride, MOST_RIDER):
            return False
        seats = way.audience.seats(hearers, self.outbox, self.rows)
        rides = {batch: seats.behind[batch] for batch in next_ones if batch in seats.behind}
        if not rides:
            return False  # a voice of another room, say
        if part is not way.part:
            way.part, way.begun = part, self.rows.begin(part)
        way.rider, way.rider_begun, way.rides = rider, self.rows.begin(rider), rides
        others = [hearing for batch, hearing in seats.behind.items() if batch not in rides]
        self._send_part(run, others + seats.alone, stamp)
        return True

    # The socket ---------------------------------------------------------------------------------------

    def _cuts(self, part: Part) -> bool:
        """Have the messages of `part` cut; whether they go whole."""
        return part.count == 1 or self.segment(part.stride)

    def _release(self, part: Part, whole: bool) -> None:
        if whole and part.count > 1:
            self.segment(0)

    def _deliver(self, first: int, end: int, batch: Batch, part: Part, rider: Part | None, whole: bool) -> None:
        """Send the messages `first` to `end` - 1 of `batch`."""
        view, stride, row = self.outbox.buffer.view, part.stride, part.row
        size, urgent = part.size + (rider.size if rider else 0), batch.urgent or rider is not None
        if not whole:
            for at in range(first, end):
                for start in range(0, size, stride):
                    piece = view[at * row + start : at * row + min(start + stride, size)]
                    try:
                        self.sendto(piece, batch.outlets[at].address)
                    except OSError as error:
                        self.refused(error, piece, 0, batch.outlets[at].address, urgent)
            return
        if self._shape != (row, size):
            self._shape = row, size
            self.outbox.shape(row, size)
        while first < end:
            delivered, error = self.outbox.deliver(batch.messages, first, end)
            first += delivered
            if error is not None:
                message = view[first * row : first * row + size]
                address = batch.outlets[first].address
                self.refused(error, message, stride if size > stride else 0, address, urgent)
                first += 1
