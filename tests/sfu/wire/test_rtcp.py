"""RTCP packets of Chromium, round trips and garbage."""

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import rtcp
from tests.vectors import vector

U8, U16, U32, U64 = (st.integers(0, 2**bits - 1) for bits in (8, 16, 32, 64))
BLOCKS = st.lists(
    st.builds(rtcp.ReportBlock, U32, U8, st.integers(-0x800000, 0x7FFFFF), U32, U32, U32, U32), max_size=31
)


def test_reports_of_chromium():
    (report,) = rtcp.parse(vector("rtcp_sender_report"))
    assert report == rtcp.SenderReport(2911733625, 17198471565389826199, 2709762822, 116, 956)
    report, nack = rtcp.parse(vector("rtcp_receiver_report"))
    assert report.reports[0].fraction_lost == 250
    assert report.reports[0].cumulative == 56
    assert nack.lost == tuple(range(8741, 8761))


def test_feedback_of_chromium():
    assert rtcp.parse(vector("rtcp_nack"))[1].lost == (6046,)
    assert rtcp.parse(vector("rtcp_pli"))[1] == rtcp.Pli(3763406341, 1685525115)
    assert rtcp.parse(vector("rtcp_remb"))[1] == rtcp.Remb(787109794, 1342064, (1637878790,))
    (feedback,) = rtcp.parse(vector("rtcp_transport_feedback"))
    assert (feedback.base_seq, feedback.reference_time, feedback.count) == (537, 24403, 72)
    assert len(feedback.arrivals_us) == 23
    assert feedback.arrivals_us[7:11] == (33000, None, None, 33750)


@given(U32, U64, U32, U32, U32, BLOCKS)
def test_sender_report_comes_back(ssrc, ntp, timestamp, packets, octets, reports):
    data = rtcp.sender_report(ssrc, ntp, timestamp, packets, octets, reports)
    assert rtcp.parse(data) == [rtcp.SenderReport(ssrc, ntp, timestamp, packets, octets, tuple(reports))]


@given(U32, BLOCKS)
def test_receiver_report_comes_back(ssrc, reports):
    data = rtcp.receiver_report(ssrc, reports)
    assert rtcp.parse(data) == [rtcp.ReceiverReport(ssrc, tuple(reports))]


@given(U16, st.sets(st.integers(0, 400), min_size=1))
def test_nack_comes_back_in_order(first, steps):
    numbers = tuple((first + step) & 0xFFFF for step in sorted(steps))
    assert rtcp.parse(rtcp.nack(1, 2, numbers)) == [rtcp.Nack(1, 2, numbers)]


def test_a_nack_entry_spans_seventeen():
    assert len(rtcp.nack(1, 2, range(10, 27))) == 16
    assert len(rtcp.nack(1, 2, range(10, 28))) == 20


@given(U32, st.integers(0, 2**60), st.lists(U32, max_size=10))
def test_remb_comes_back_within_its_precision(sender, bitrate_bps, ssrcs):
    (remb,) = rtcp.parse(rtcp.remb(sender, bitrate_bps, ssrcs))
    assert (remb.sender, remb.ssrcs) == (sender, tuple(ssrcs))
    assert bitrate_bps * (1 - 2**-17) <= remb.bitrate_bps <= bitrate_bps


@given(st.lists(st.tuples(U32, U8), max_size=5))
def test_fir_comes_back(requests):
    assert rtcp.parse(rtcp.fir(7, requests)) == [rtcp.Fir(7, tuple(requests))]


@given(st.text(max_size=60))
def test_a_compound_packet_is_read_through(cname):
    data = rtcp.receiver_report(1) + rtcp.sdes_cname(1, cname) + rtcp.pli(1, 2)
    assert rtcp.parse(data) == [rtcp.ReceiverReport(1), rtcp.Pli(1, 2)]


ARRIVALS = st.lists(st.one_of(st.none(), st.integers(0, 400)), max_size=80).map(lambda steps: [0, *steps, 0])


@given(ARRIVALS, U16, U8, st.integers(0, 2**45))
def test_arrivals_come_back_to_a_quarter_of_a_millisecond(steps, base_seq, count, start_us):
    arrivals_us = [None if step is None else start_us + i * 1000 + step * 500 for i, step in enumerate(steps)]
    (data,) = rtcp.transport_feedback(1, 2, base_seq, count, arrivals_us)
    (feedback,) = rtcp.parse(data)
    assert (feedback.sender, feedback.media, feedback.base_seq, feedback.count) == (1, 2, base_seq, count)
    reference_us = start_us // rtcp.REFERENCE_US * rtcp.REFERENCE_US
    assert feedback.reference_time == start_us // rtcp.REFERENCE_US & 0xFFFFFF
    assert len(feedback.arrivals_us) == len(arrivals_us)
    for told, arrival_us in zip(feedback.arrivals_us, arrivals_us, strict=True):
        assert (told is None) == (arrival_us is None)
        assert told is None or 0 <= arrival_us - (reference_us + told) < rtcp.TICK_US


def test_statuses_of_one_kind_are_a_run():
    (data,) = rtcp.transport_feedback(1, 2, 0, 0, [0, *[None] * 3000, 1000])
    assert len(data) < 40
    assert len(rtcp.parse(data)[0].arrivals_us) == 3002


def test_feedback_of_scattered_arrivals_fits_a_datagram():
    arrivals_us = [at * 500 if at % 21 == 0 else None for at in range(21 * 390 + 1)]
    packets = rtcp.transport_feedback(1, 2, 7, 0, arrivals_us)
    assert max(map(len, packets)) <= 1200
    told = [rtcp.parse(packet)[0] for packet in packets]
    assert sum(arrival is not None for feedback in told for arrival in feedback.arrivals_us) == 391
    assert [feedback.count for feedback in told] == list(range(len(told)))


def test_a_pause_too_long_for_a_delta_begins_another_packet():
    first, second = rtcp.transport_feedback(1, 2, 65534, 255, [0, 250, None, None, 9_000_000, 9_001_000])
    first, second = rtcp.parse(first)[0], rtcp.parse(second)[0]
    assert (first.base_seq, first.count, first.arrivals_us) == (65534, 255, (0, 250))
    assert (second.base_seq, second.count, second.reference_time) == (2, 0, 9_000_000 // 64_000)
    assert second.arrivals_us == (40_000, 41_000)


def header(count, kind, words):
    return struct.pack("!BBH", 0x80 | count, kind, words)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"", "empty"),
        (b"\x80\xc9\x00", "shorter than its header"),
        (b"\x40\xc9\x00\x00", "version"),
        (header(0, rtcp.RR, 2) + bytes(4), "length"),
        (b"\xa0\xc9\x00\x01" + b"\0\0\0\4" + rtcp.pli(1, 2), "not in the last"),
        (b"\xa0\xc9\x00\x01" + b"\0\0\0\0", "padding length"),
        (b"\xa0\xc9\x00\x01" + b"\0\0\0\5", "padding length"),
        (header(1, rtcp.SR, 6) + bytes(24), "sender report"),
        (header(2, rtcp.RR, 7) + bytes(28), "receiver report"),
        (header(1, rtcp.PSFB, 1) + bytes(4), "feedback"),
        (b"\xa1\xcd\x00\x03" + bytes(11) + b"\1", "NACK"),
        (header(4, rtcp.PSFB, 3) + bytes(12), "full intra request"),
        (header(15, rtcp.PSFB, 4) + bytes(8) + b"REMB\1\0\0\0", "REMB"),
        (header(15, rtcp.RTPFB, 3) + bytes(12), "transport feedback"),
        (header(15, rtcp.RTPFB, 4) + bytes(8) + b"\0\0\0\1" + bytes(4), "transport feedback chunk"),
        (header(15, rtcp.RTPFB, 5) + bytes(8) + b"\0\0\0\1" + bytes(8), "run is empty"),
        (header(15, rtcp.RTPFB, 5) + bytes(8) + b"\0\0\0\5" + bytes(4) + b"\x20\5ab", "delta"),
        (header(15, rtcp.RTPFB, 5) + bytes(8) + b"\0\0\0\1" + bytes(4) + b"\x60\1ab", "reserved"),
    ],
)
def test_a_wrong_packet_is_told_by_field(data, field):
    with pytest.raises(ValueError, match=field):
        rtcp.parse(data)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(range(32)), st.sampled_from(range(198, 210)), st.binary(max_size=48)),
            st.tuples(st.sampled_from((1, 4, 15)), st.sampled_from((205, 206)), st.binary(min_size=8, max_size=48)),
        ),
        max_size=4,
    ),
    st.binary(max_size=8),
    st.integers(0, 6),
)
def test_garbage_is_a_value_error_or_a_list(packets, tail, padding):
    data = tail
    for at, (count, kind, body) in enumerate(packets):
        body = body[: len(body) // 4 * 4]
        if padding and not at and body:
            data = bytes((0xA0 | count, kind, 0, len(body) // 4)) + body[:-1] + bytes((padding,)) + data
        else:
            data = header(count, kind, len(body) // 4) + body + data
    with contextlib.suppress(ValueError):
        rtcp.parse(memoryview(data))


def test_too_many_blocks_are_refused():
    with pytest.raises(ValueError, match="count"):
        rtcp.receiver_report(1, [rtcp.ReportBlock(0, 0, 0, 0, 0, 0, 0)] * 32)


@given(st.integers(0, 2**51))
def test_time_comes_back_to_the_microsecond(unix_us):
    assert rtcp.us_from_ntp(rtcp.ntp_from_us(unix_us)) == unix_us


def test_the_epoch_of_ntp():
    assert rtcp.ntp_from_us(0) == 2_208_988_800 << 32
    assert rtcp.ntp_from_us(500_000) & 0xFFFFFFFF == 1 << 31
