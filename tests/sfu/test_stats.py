"""The worker's counters as Prometheus reads them."""

import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sfu import stats
from tests.sfu.direction import Worker, until


@pytest.fixture
async def worker(tmp_path):
    async with Worker(tmp_path / "c") as made:
        yield made


def read(worker):
    """Value by name and labels."""
    families = text_string_to_metric_families(stats.exposition(worker.listener.worker).decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


async def test_an_idle_worker(worker):
    values = read(worker)
    assert values[("sfu_rooms",)] == values[("sfu_peers",)] == values[("sfu_packets_sent_total",)] == 0
    assert values[("sfu_gso",)] in (0, 1)


async def test_what_happened_is_counted(worker):
    director = await worker.director()
    anna = await worker.peer(director, "anna").joins(publish=("camera",))
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    anna.shows(packets=3)
    anna.says()
    await until(lambda: len(viewer.sees()) == 3)
    anna.connection._remote_ufrag = "nobody"
    anna.connection.check()
    await until(lambda: ("sfu_datagrams_dropped_total", "stun for nobody here") in read(worker))
    values = read(worker)
    assert (values[("sfu_rooms",)], values[("sfu_peers",)], values[("sfu_peers_connected",)]) == (1, 2, 2)
    assert values[("sfu_packets_sent_total",)] == 3
    assert values[("sfu_octets_sent_total",)] == sum(len(payload) for payload in viewer.sees())
    assert values[("sfu_packets_forbidden_total",)] == 1
    assert values[("sfu_events_total", "PeerConnected")] == 2
    assert values[("sfu_datagrams_received_total",)] > 10


async def test_every_name_is_in_the_documents(worker):
    worker.listener.worker.events["PeerConnected"] += 1
    worker.listener.worker.port.drops["stun for nobody here"] += 1
    page = Path(__file__).parents[2] / "docs" / "metrics.md"
    documented = set(re.findall(r"^\| `(sfu_\w+)", page.read_text(), re.MULTILINE))
    assert {name for name, *_ in read(worker) if not name.endswith("_created")} == documented


async def test_counters_do_not_fall_when_people_leave(worker):
    director = await worker.director()
    anna = await worker.peer(director, "anna").joins(publish=())
    anna.says()
    await until(lambda: read(worker)[("sfu_packets_forbidden_total",)] == 1)
    await anna.close()
    await until(lambda: read(worker)[("sfu_peers",)] == 0)
    assert read(worker)[("sfu_packets_forbidden_total",)] == 1
