"""Who gets the same runs, cut into batches whose messages are written together.

Most who hear a voice see the same picture. `Seats` says behind which batch of the picture's each of them sits, so that
a voice can ride with what is left of a picture instead of going to each by itself (`sfu.wire.fanout`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

from sfu.wire.outlet import Outlet
from sfu.wire.rows import BATCH, LONE_BATCH, Rows
from sfu.wire.srtp import Buffer


class Outbox(Protocol):
    """Where messages are written and from where they are sent; see `sfu.outbox`."""

    buffer: Buffer  # of BATCH * REGION bytes

    def messages(self, destinations: Sequence[object]) -> object: ...
    def shape(self, row: int, size: int) -> None: ...
    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]: ...


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

    __slots__ = ("__weakref__", "_batches", "_outlets", "_seats", "urgent")

    def __init__(self, outlets: Iterable[Outlet] = (), urgent: bool = False) -> None:
        self._outlets = tuple(outlets)
        self.urgent = urgent
        self._batches: list[Batch] | None = None
        self._seats: WeakKeyDictionary[Audience, Seats] | None = None

    def __len__(self) -> int:
        return len(self._outlets)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def batches(self, outbox: Outbox, rows: Rows) -> list[Batch]:
        if self._batches is None:
            self._batches = _cut(self._outlets, self.urgent, outbox, rows)
        return self._batches

    def seats(self, hearers: Audience, outbox: Outbox, rows: Rows) -> Seats:
        """Where the `hearers` of a voice sit in the messages to this audience."""
        if self._seats is None:
            self._seats = WeakKeyDictionary()
        if hearers not in self._seats:
            self._seats[hearers] = Seats(self.batches(outbox, rows), hearers, outbox, rows)
        return self._seats[hearers]


class Seats:
    """`behind` each batch of a picture those who hear a voice; `alone` who does not see the picture, in batches too.

    A batch has seats if every one of its receivers hears the voice.
    """

    __slots__ = ("alone", "behind")

    def __init__(self, batches: Iterable[Batch], hearers: Audience, outbox: Outbox, rows: Rows) -> None:
        standing = {outlet.context: outlet for outlet in hearers}
        self.behind: dict[Batch, Batch] = {}
        for batch in batches:
            contexts = {outlet.context for outlet in batch.outlets}
            if len(contexts) < len(batch.outlets) or not contexts <= standing.keys():
                continue  # somebody sees it twice, or does not hear
            outlets = [standing[outlet.context] for outlet in batch.outlets]
            if len({_kind(outlet) for outlet in outlets}) == 1:
                self.behind[batch] = Batch(outlets, True, outbox, rows)
                for context in contexts:
                    del standing[context]
        self.alone = _cut(standing.values(), True, outbox, rows) if self.behind else hearers.batches(outbox, rows)


def _kind(outlet: Outlet) -> tuple[int, int, int]:
    return outlet.context.tag, outlet.payload_type, outlet.extension


def _cut(outlets: Iterable[Outlet], urgent: bool, outbox: Outbox, rows: Rows) -> list[Batch]:
    alike: dict[tuple[int, int, int], list[Outlet]] = {}
    for outlet in outlets:
        alike.setdefault(_kind(outlet), []).append(outlet)
    most = LONE_BATCH if urgent else BATCH
    return [
        Batch(some[at : at + most], urgent, outbox, rows) for some in alike.values() for at in range(0, len(some), most)
    ]
