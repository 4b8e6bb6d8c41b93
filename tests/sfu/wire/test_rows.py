"""Rows written in Python and in C are the same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import compiled, compiling
from sfu.wire.outlet import Outlet
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH, LONE_BATCH, MOST_PACKETS, MOST_PAYLOAD, REGION, Part
from sfu.wire.srtp import CM_TAG, GCM_TAG, Buffer
from tests.sfu.keys import contexts

NOW = 5_000_000
OFFSETS = st.tuples(
    st.integers(-(2**40), 2**40), st.integers(-(2**33), 2**33), st.integers(0, 2**15 - 1), st.integers(0, 255)
)


@pytest.fixture(scope="module", autouse=True)
def library():
    if compiling.build() is None:
        pytest.skip("there is no C compiler")


def outlets(tag, offsets):
    made = []
    for at, (number, timestamp, picture, tl0) in enumerate(offsets):
        outlet = Outlet(ssrc=2**32 - 1 - at, payload_type=120, extension_id=3)
        outlet.connect(("receiver", at), contexts(tag, secret=at % 255 + 1)[0], None)
        outlet.number_offset, outlet.timestamp_offset = number, timestamp
        outlet.picture_offset, outlet.tl0_offset = picture, tl0
        made.append(outlet)
    return made


def written(wanted, packets, tag, offsets):
    """What lies in the buffer, row by row, and which rows may not leave."""
    buffer, part = Buffer(BATCH * REGION), Part(packets, tag, 0x123456)
    rows = compiled.rows(buffer, wanted)
    assert rows.compiled is wanted
    begun, columns = rows.begin(part), rows.columns(outlets(tag, offsets))
    # Written again, libsrtp refuses none: repeats are allowed.
    refused = rows.write(begun, columns), rows.write(begun, columns)
    return [buffer.bytes[at * part.row :][: part.size] for at in range(len(offsets))], refused


@given(
    sizes=st.lists(st.integers(7, 300), min_size=1, max_size=16),
    indices=st.tuples(st.integers(-1, 2**15 - 1), st.integers(-1, 255)),
    number=st.integers(0, 2**40),
    timestamp=st.integers(0, 2**32 - 1),
    tag=st.sampled_from([GCM_TAG, CM_TAG]),
    offsets=st.lists(OFFSETS, min_size=1, max_size=4),
)
def test_both_forms_write_the_same(sizes, indices, number, timestamp, tag, offsets):
    widest = max(sizes)
    run = [max(size, widest - 255) for size in sizes[:-1]] + sizes[-1:]
    picture_id, tl0 = indices
    head = b"" if picture_id < 0 else bytes([0x90, 0xE0]) + (0x8000 | picture_id).to_bytes(2, "big")
    head += b"" if tl0 < 0 else bytes([tl0])
    packets = [
        Packet(number + at, timestamp, at % 2 == 0, head + bytes([at + 1]) * (size - len(head)), NOW, at == 0, *indices)
        for at, size in enumerate(run)
    ]
    assert written(True, packets, tag, offsets) == written(False, packets, tag, offsets)


@pytest.mark.parametrize(("receivers", "count"), [(BATCH, MOST_PACKETS), (LONE_BATCH, 1)])
def test_a_full_batch_of_full_rows_fits(receivers, count):
    packets = [Packet(at, 0, False, bytes(MOST_PAYLOAD), NOW, at == 0, -1, -1) for at in range(count)]
    plain, made = (written(form, packets, GCM_TAG, [(0, 0, 0, 0)] * receivers) for form in (False, True))
    assert plain == made
    assert len(plain[0][-1]) == len(plain[0][0]), "the last row ends within the buffer"


def test_messages_of_the_same_length_may_differ_in_their_tags():
    def rows_of(wanted):
        buffer, found = Buffer(BATCH * REGION), []
        rows = compiled.rows(buffer, wanted)
        for tag in (GCM_TAG, CM_TAG):
            part = Part([Packet(5, 0, True, bytes(100 - tag), NOW, True, -1, -1)], tag, 0)
            rows.write(rows.begin(part), rows.columns(outlets(tag, [(0, 0, 0, 0)])))
            found.append(buffer.bytes[: part.size])
        return found

    assert rows_of(True) == rows_of(False)


def test_both_forms_refuse_the_same_row():
    early, late = ([Packet(n, 0, True, bytes(30), NOW, True, -1, -1)] for n in (100, 5000))
    for wanted in (False, True):
        rows = compiled.rows(Buffer(BATCH * REGION), wanted)
        both = outlets(GCM_TAG, [(0, 0, 0, 0)] * 2)
        assert rows.write(rows.begin(Part(late, GCM_TAG, 0)), rows.columns(both[1:])) == []
        refused = rows.write(rows.begin(Part(early, GCM_TAG, 0)), rows.columns(both))
        assert refused == [1], "out of libsrtp's window for the second"


def test_what_cannot_be_loaded_is_done_without(monkeypatch, tmp_path):
    broken = tmp_path / "rows.so"
    broken.write_bytes(b"no library")
    monkeypatch.setattr(compiling, "library", lambda: broken)
    assert compiled.rows(Buffer(BATCH * REGION)).compiled is False
