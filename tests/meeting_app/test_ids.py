"""Ids are UUIDs that sort by time."""

import uuid
from datetime import timedelta

from meeting_app.ids import new_id
from tests.meeting_app.hall import START


def test_an_id_is_a_uuid_of_version_7():
    made = uuid.UUID(new_id(START))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_the_same_moment_and_chance_give_the_same_id():
    # RFC 9562 appendix A.6: 0x017F22E279B0 milliseconds, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F
    moment = START.fromtimestamp(0x017F22E279B0 / 1000, tz=START.tzinfo)
    assert new_id(moment, bytes.fromhex("0cc318c4dc0c0c07398f")) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_ids_sort_by_time():
    made = [new_id(START + timedelta(milliseconds=n)) for n in range(50)]
    assert made == sorted(made)


def test_ids_of_one_moment_differ():
    assert len({new_id(START) for _ in range(1000)}) == 1000
