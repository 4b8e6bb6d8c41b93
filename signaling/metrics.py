"""What Prometheus may ask about this process."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

MESSAGES = Counter("hoitruong_messages_total", "Messages of browsers by kind and outcome", ["kind", "outcome"])
ENTRIES = Counter("hoitruong_entries_total", "Uses of links and knocks by outcome", ["outcome"])
HALLS = Gauge("hoitruong_halls", "Meetings that somebody is connected to")
SEATS = Gauge("hoitruong_seats", "Connected participants")
WAITING = Gauge("hoitruong_waiting", "Connections in the lobby")
WORKERS = Gauge("hoitruong_workers_up", "Media workers that answer")
