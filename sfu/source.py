"""A published stream: its layers, and which of them its publisher is to send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sfu.control import LayerName, SourceKind, source_name
from sfu.flow.allocation import PricedWish
from sfu.flow.timeline import SenderClock
from sfu.layer import SILENT_US, Layer
from sfu.reception import Reception
from sfu.wire.seq import Unwrapper

AUDIO_CLOCK = 48_000
# What a layer costs while it has not been seen. A screen mostly stands still, so it is not refused for its size.
EXPECTED_BPS: dict[LayerName, int] = {"q": 150_000, "h": 500_000, "f": 1_500_000}
EXPECTED_SCREEN_BPS = 300_000


class Source:
    """One published stream of one peer. A voice has no layers: its packets go to the room's voices."""

    def __init__(self, peer: str, kind: SourceKind, offered: Sequence[LayerName]) -> None:
        """`offered` are the layers that can be had; of a picture without simulcast only `f`."""
        self.peer, self.kind, self.offered = peer, kind, tuple(offered)
        self.name = source_name(peer, kind)
        self.layers: dict[LayerName, Layer] = {}  # those that have sent
        self.unwrapper = Unwrapper()  # of a voice
        self.reception = Reception(AUDIO_CLOCK)  # of a voice
        self.clock = SenderClock(AUDIO_CLOCK)  # of a voice
        self.last_us = -SILENT_US
        self.flowing = False  # as last seen
        self._layers_flowing: frozenset[LayerName] = frozenset()  # as last seen
        self._wishes: dict[LayerName, PricedWish] = {}  # as priced last, by the largest layer of use
        self.takers: Counter[LayerName] = Counter()  # how many slots want each layer
        self.demanded: tuple[LayerName, ...] | None = None  # as last told; None before that
        self.demand_again = False  # whoever was told may have missed it
        self.fewer_since_us: int | None = None  # since when less is wanted than is demanded

    def end(self) -> None:
        """No more comes for now; what comes later may count from elsewhere."""
        for layer in self.layers.values():
            layer.end()
        self.unwrapper, self.reception = Unwrapper(), Reception(AUDIO_CLOCK)
        self.last_us = -SILENT_US

    def wanted(self) -> tuple[LayerName, ...]:
        """The largest layer somebody watches and all below it: who can't have the one falls back at once, and a
        browser whose uplink estimate is low has something to fill it with (Chromium starts at 300 kbit/s)."""
        watched = [self.offered.index(layer) for layer, count in self.takers.items() if count > 0]
        return self.offered[: max(watched) + 1] if watched else ()

    def best(self, ideal: LayerName, now: int) -> Layer | None:
        """The layer to show now where `ideal` is aimed at: the largest that flows up to it, else the smallest.

        While none flows, what came last stays: Chromium sends a still screen once a second.
        """
        wanted = self.layers.get(ideal)
        if wanted is not None and wanted.flows(now):
            return wanted
        layers = [self.layers[name] for name in self.offered if name in self.layers]
        flowing = [layer for layer in layers if layer.flows(now)]
        flowing = flowing or [layer for layer in layers if now - layer.last_us < SILENT_US]
        upto = self.offered[: self.offered.index(ideal) + 1]
        return next((layer for layer in reversed(flowing) if layer.name in upto), flowing[0] if flowing else None)

    def measure(self, now: int) -> None:
        """Take the bit rates since the last call; to be called about once a second."""
        for layer in self.layers.values():
            layer.measure(now)
        self._wishes.clear()

    def follow(self, now: int) -> bool:
        """See what flows, and whether that is other than before; to be called a few times a second."""
        before = self.flowing, self._layers_flowing
        self.flowing = self.heard_from(now)
        self._layers_flowing = frozenset(name for name, layer in self.layers.items() if layer.flows(now))
        if before == (self.flowing, self._layers_flowing):
            return False
        self._wishes.clear()
        return True

    def wish(self, largest: LayerName, now: int) -> PricedWish:
        """A wish for this source at what its layers cost, as measured, or as expected while one does not flow."""
        if largest not in self._wishes:
            self._wishes[largest] = PricedWish(self.name, largest, self._bitrates_bps(now))
        return self._wishes[largest]

    def _bitrates_bps(self, now: int) -> dict[LayerName, int]:
        found = {}
        for name in self.offered:
            layer = self.layers.get(name)
            measured = layer.bitrate_bps if layer is not None and layer.flows(now) else 0
            found[name] = measured or (EXPECTED_SCREEN_BPS if self.kind == "screen" else EXPECTED_BPS[name])
        return found

    def demand(self, now: int, patience_us: int) -> bool:
        """Settle what is demanded of the publisher; whether it is to be told. Less is wanted only after
        `patience_us`."""
        again, self.demand_again = self.demand_again, False
        wanted = self.wanted()
        if wanted == self.demanded:
            self.fewer_since_us = None
            return again
        if self.demanded is not None and set(wanted) < set(self.demanded):
            if self.fewer_since_us is None:
                self.fewer_since_us = now
            if now - self.fewer_since_us < patience_us:
                return again
        self.demanded, self.fewer_since_us = wanted, None
        return True

    def heard_from(self, now: int) -> bool:
        """Whether anything came within `SILENT_US`."""
        latest = max((layer.last_us for layer in self.layers.values()), default=self.last_us)
        return now - latest < SILENT_US
