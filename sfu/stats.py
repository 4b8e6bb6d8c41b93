"""Counters of a worker as Prometheus' text; read when asked, so that they cost nothing in between."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from sfu.worker import Worker

__all__ = ["CONTENT_TYPE", "exposition"]


def exposition(worker: Worker) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Reading(worker))
    return generate_latest(registry)


class _Reading:
    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def collect(self) -> Iterator[Metric]:
        worker, port = self._worker, self._worker.port
        rooms = list(worker.rooms.values())
        peers = [peer for room in rooms for peer in room.peers.values()]
        yield GaugeMetricFamily("sfu_rooms", "Rooms", value=len(rooms))
        yield GaugeMetricFamily("sfu_peers", "Peers", value=len(peers))
        yield GaugeMetricFamily("sfu_peers_connected", "Peers with keys", value=sum(p.connected for p in peers))
        yield GaugeMetricFamily("sfu_gso", "1 when runs go out with UDP_SEGMENT", value=port.out.gso)
        yield GaugeMetricFamily("sfu_compiled", "1 when packets are written in C", value=port.out.fanout.rows.compiled)
        for name, text, value in (
            ("sfu_datagrams_received", "Datagrams read from the port", port.received),
            ("sfu_packets_sent", "Media packets sent to receivers", port.out.fanout.packets),
            ("sfu_octets_sent", "Octets of payload sent to receivers", port.out.fanout.octets),
            ("sfu_messages_sent", "Runs and lone packets handed to the kernel", port.out.fanout.messages),
            ("sfu_voices_with_pictures", "Voices that left at the end of a picture's message", port.out.fanout.ridden),
            ("sfu_protect_failures", "Runs that could not be encrypted for a receiver", port.out.fanout.unprotected),
            ("sfu_packets_resent", "Packets sent again on request", worker.counters["resent"]),
        ):
            yield CounterMetricFamily(name, text, value=value)
        for name, text in (
            ("unauthentic", "Packets that failed SRTP"),
            ("malformed", "Authentic packets that could not be read"),
            ("forbidden", "Packets of muted or unknown streams"),
        ):
            count = worker.counters[name] + sum(getattr(peer, name) for peer in peers)
            yield CounterMetricFamily(f"sfu_packets_{name}", text, value=count)
        drops = CounterMetricFamily("sfu_datagrams_dropped", "Datagrams dropped at the door", labels=["cause"])
        for cause, count in port.drops.items():
            drops.add_metric([cause], count)
        yield drops
        events = CounterMetricFamily("sfu_events", "Events told to directors", labels=["event"])
        for name, count in worker.events.items():
            events.add_metric([name], count)
        yield events
