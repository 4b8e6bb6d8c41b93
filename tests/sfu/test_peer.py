"""What one connection takes in, asks for again and reports, with time passed."""

import pytest

from sfu import peer as peers
from sfu.client import AUDIO_TYPE, IDS, RTX_TYPE, VIDEO_TYPE
from sfu.control import Quality
from sfu.flow.keyframes import SPACING_US
from sfu.flow.nack import GRACE_US
from sfu.negotiation import MID, REPAIRED_RID
from sfu.peer import MOST_SSRCS, MOST_STREAMS
from sfu.wire import rtcp
from sfu.wire.rows import MOST_PAYLOAD
from sfu.wire.rtp import HEADER
from tests.sfu.keys import opened
from tests.sfu.people import MS, S


def rtp(ssrc, payload_type, payload=b"payload", sequence=1, **extensions):
    """A packet with the header extensions named."""
    uris = {"mid": MID, "repaired": REPAIRED_RID}
    body = b"".join(
        bytes([IDS[uris[name]] << 4 | len(value) - 1]) + value.encode() for name, value in extensions.items()
    )
    body += bytes(-len(body) % 4)
    header = HEADER.pack(0x90, payload_type, sequence, 0, ssrc)
    return header + b"\xbe\xde" + (len(body) // 4).to_bytes(2, "big") + body + payload


# In ---------------------------------------------------------------------------------------------------


async def test_every_kind_finds_its_slot(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"), (1, "anna:screen", "f"))
    anna.shows("h")
    anna.shows("f", kind="screen")
    anna.says(7)
    assert len(viewer.sees(0)) == len(viewer.sees(1)) == 1
    assert viewer.hears() == [b"7"]
    assert (anna.peer.forbidden, anna.peer.malformed, anna.peer.unauthentic) == (0, 0, 0)


async def test_what_is_not_authentic_is_counted(conference):
    anna = await conference.joins("anna")
    anna.delivers(rtp(1, AUDIO_TYPE, bytes(100), mid="0"))
    anna.delivers(bytes([0x80, 201]) + bytes(60))
    assert anna.peer.unauthentic == 2


async def test_streams_of_nobody_are_counted_and_at_last_not_even_decrypted(conference):
    """libsrtp keeps a state for every authentic SSRC, so a peer must not be able to send any number of them."""
    anna = await conference.joins("anna")
    for ssrc in range(1, 1 + MOST_SSRCS):
        anna.delivers(anna.connection.outbound.protect(rtp(ssrc, VIDEO_TYPE, mid="99")))
    assert anna.peer.forbidden == MOST_SSRCS
    anna.delivers(rtp(9999, VIDEO_TYPE, bytes(100)))
    anna.delivers(bytes([0x80, 201]) + bytes(60))
    assert anna.peer.forbidden == MOST_SSRCS + 2
    assert anna.peer.unauthentic == 0


async def test_streams_of_one_peer_are_few(conference):
    anna = await conference.joins("anna")
    mid = anna.connection.mids["screen"]
    anna.shows(kind="screen")
    for ssrc in range(1, 1 + MOST_STREAMS):
        anna.delivers(anna.connection.outbound.protect(rtp(ssrc, RTX_TYPE, mid=mid)))
    assert anna.peer.forbidden == 1


async def test_a_stream_with_another_payload_type_is_forbidden(conference):
    anna = await conference.joins("anna")
    anna.delivers(anna.connection.outbound.protect(rtp(5, 45, mid=anna.connection.mids["camera"])))
    assert anna.peer.forbidden == 1


async def test_a_packet_longer_than_any_path_is_malformed(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:screen", "f"))
    anna.shows(kind="screen")
    anna.sends("screen", 11, 3000, True, b"\x90\xe0\x80\1\1\0" + bytes(MOST_PAYLOAD - 5))
    assert anna.peer.malformed == 1
    assert len(viewer.sees()) == 1


async def test_a_malformed_packet_is_weather(conference):
    anna = await conference.joins("anna")
    packet = bytearray(anna.connection.packet("camera", 1, 0, True, b"", "f"))
    packet[0] |= 0x20  # padded, by no length
    packet += b"\0"
    anna.delivers(anna.connection.outbound.protect(bytes(packet)))
    anna.delivers(anna.connection.outbound.protect_rtcp(bytes([0x8F, 201, 0, 1]) + bytes(4)))
    assert anna.peer.malformed == 2


async def test_repairs_fill_the_gap(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    [(sequence, _, _, payload)] = anna.shows(packets=3, lost=[1])
    mid = anna.connection.mids["camera"]
    again = rtp(777, RTX_TYPE, sequence.to_bytes(2, "big") + payload, mid=mid, repaired="f")
    anna.delivers(anna.connection.outbound.protect(again))
    assert viewer.sees()[-1] == payload
    anna.delivers(anna.connection.outbound.protect(rtp(777, RTX_TYPE, b"", 2, mid=mid, repaired="f")))
    assert len(viewer.sees()) == 4, "an empty repair is a probe"


async def test_a_layer_begun_anew_replaces_the_first(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    anna.connection.ssrcs["camera", "f"] = 12345
    anna.shows()
    conference.room.allocate(viewer.peer, conference.now)
    assert len(viewer.sees()) == 2
    assert anna.peer.sources["camera"].layers["f"].ssrc == 12345


async def test_a_voice_from_another_stream_goes_on(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    anna.says(5000)
    anna.connection.ssrcs["microphone", None] = 12345
    anna.says(40_000)
    anna.says(40_001)
    assert viewer.hears() == [b"5000", b"40000", b"40001"]
    numbers = [p.number for p in conference.screen.shown[viewer.peer.voices[0].outlet.ssrc]]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


async def test_only_a_known_voice_may_go_before_pictures(conference):
    anna = await conference.joins("anna")
    ssrcs = anna.connection.ssrcs
    voice, picture = ssrcs["microphone", None], ssrcs["camera", "f"]

    def may(ssrc):
        return anna.peer.is_voice(bytearray(rtp(ssrc, 0)))

    assert not may(voice), "before its first packet"
    anna.says(7)
    anna.shows("f")
    assert (may(voice), may(picture), may(12345)) == (True, False, False)


@pytest.mark.parametrize("dropped", [100, 40_000, 70_000])
async def test_what_was_dropped_meanwhile_leaves_no_gap(conference, dropped):
    """A browser that goes on sending while it may not is heard and seen as soon as it may."""
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.says(10)
    anna.shows()
    conference.room.permit(anna.peer, (), conference.now)
    assert viewer.told_slots()[-1] == (0, None, None, "not_sent")
    assert not any(source.flowing for source in anna.peer.sources.values())
    # Only some of what is dropped, but enough that no number goes on by more than half its range.
    encoding = anna.encodings["camera", "f"]
    for at in range(0, dropped, 20_000):
        encoding.sequence = 11 + at
        anna.shows()
        anna.says(11 + at)
    encoding.sequence = 11 + dropped
    conference.room.permit(anna.peer, ("microphone", "camera"), conference.now)
    anna.shows()
    anna.says(11 + dropped)
    assert viewer.hears() == [b"10", b"%d" % (11 + dropped)]
    first, second = conference.screen.of(viewer.slot())
    assert second.number == first.number + 1
    assert len(anna.rtcp(rtcp.Nack)) == 0


# What it is asked for again ---------------------------------------------------------------------------


async def test_a_gap_is_asked_for_and_its_repair_ends_that(conference):
    anna = await conference.joins("anna")
    anna.shows()
    [(sequence, *_)] = anna.shows(packets=3, lost=[1])
    conference.now += GRACE_US
    anna.peer.ask_again(conference.now)
    [nack] = anna.rtcp(rtcp.Nack)
    assert (nack.media, nack.lost) == (anna.connection.ssrcs["camera", "f"], (sequence,))


async def test_what_is_missing_is_asked_for_in_packets_that_fit(conference):
    anna = await conference.joins("anna")
    missing = list(range(1, 17 * 400, 17))
    for sequence in range(17 * 400):
        if sequence not in missing:
            anna.sends("camera", sequence, 0, False, b"\x10\x00x", "f")
    conference.now += 10 * MS
    anna.peer.ask_again(conference.now)
    assert sorted(number for nack in anna.rtcp(rtcp.Nack) for number in nack.lost) == missing


async def test_many_viewers_ask_for_one_keyframe_each_half_second(conference):
    anna = await conference.joins("anna")
    anna.shows(keyframe=False)
    viewers = [await conference.joins(f"viewer{i}") for i in range(5)]
    for viewer in viewers:
        viewer.watches((0, "anna:camera", "f"))
    [pli] = anna.rtcp(rtcp.Pli)
    assert pli.media == anna.connection.ssrcs["camera", "f"]
    anna.shows()
    for _ in range(50):
        for viewer in viewers:
            viewer.reports(rtcp.pli(1, viewer.slot().ssrc))
            viewer.reports(rtcp.fir(1, [(viewer.slot().ssrc, 1)]))
        conference.now += 20 * MS
        anna.peer.ask_again(conference.now)
    assert len(anna.rtcp(rtcp.Pli)) == 1 * S // SPACING_US


async def test_a_keyframe_that_does_not_come_is_asked_for_again(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    anna.shows(keyframe=False)
    viewer.watches((0, "anna:camera", "f"))
    anna.shows(keyframe=False)
    conference.now += S
    anna.peer.ask_again(conference.now)
    assert len(anna.rtcp(rtcp.Pli)) == 2


async def test_feedback_tells_when_packets_arrived(conference):
    anna = await conference.joins("anna")
    for _ in range(10):
        anna.shows()
        conference.now += 20 * MS
        anna.peer.ask_again(conference.now)
    feedback = anna.rtcp(rtcp.TransportFeedback)
    assert sum(len(packet.arrivals_us) for packet in feedback) >= 5
    assert feedback[0].media == anna.connection.ssrcs["camera", "f"]


async def test_what_a_viewer_lost_is_sent_again(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows(packets=3)
    lost = conference.screen.of(viewer.slot())[1]
    conference.port.sent.clear()
    for _ in range(3):
        viewer.reports(rtcp.nack(1, viewer.slot().ssrc, [lost.number]))
    [datagram] = conference.port.sent[viewer.address]
    assert conference.room.counters["resent"] == 1, "once a round trip"
    packet = opened(viewer.connection.inbound, datagram)
    assert packet[20:] == lost.number.to_bytes(2, "big") + lost.payload
    assert HEADER.unpack_from(packet)[4] == viewer.slot().rtx_ssrc


# Reports ----------------------------------------------------------------------------------------------


async def test_a_publisher_gets_receiver_reports(conference):
    anna = await conference.joins("anna")
    anna.shows(packets=4, lost=[1, 2])
    anna.says(1)
    anna.peer.report(conference.now)
    [report] = anna.rtcp(rtcp.ReceiverReport)
    blocks = {block.ssrc: block for block in report.reports}
    assert set(blocks) == {anna.connection.ssrcs["camera", "f"], anna.connection.ssrcs["microphone", None]}
    assert blocks[anna.connection.ssrcs["camera", "f"]].cumulative == 2


async def test_lips_match_voices_at_the_receiver(conference, monkeypatch):
    """The same moment of the publisher stands at the same moment in the picture's and the voice's reports."""
    monkeypatch.setattr(peers, "unix_us", lambda: 1_700_000_000 * S + conference.now)
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    anna.says(0)
    wrong_clock = rtcp.ntp_from_us(1_234_000_000 * S)
    ssrcs = anna.connection.ssrcs
    picture_time, voice_time = 2**32 - 10_000 + 90_000, 48_000  # a second after both began
    conference.now += S
    for ssrc, timestamp in ((ssrcs["camera", "f"], picture_time), (ssrcs["microphone", None], voice_time)):
        anna.reports(rtcp.sender_report(ssrc, wrong_clock, timestamp & 0xFFFFFFFF, 1, 1))
    anna.shows()
    anna.says(1)
    viewer.peer.report(conference.now)
    reports = {report.ssrc: report for report in viewer.rtcp(rtcp.SenderReport)}
    picture, voice = reports[viewer.slot().ssrc], reports[viewer.peer.voices[0].outlet.ssrc]
    assert picture.ntp == voice.ntp
    assert abs(rtcp.us_from_ntp(picture.ntp) - (1_700_000_000 * S + conference.now)) < MS, "on this machine's clock"
    shown = conference.screen.of(viewer.slot())[0]
    heard = conference.screen.shown[viewer.peer.voices[0].outlet.ssrc][0]
    assert (picture.rtp_timestamp - shown.timestamp) & 0xFFFFFFFF == 90_000
    assert (voice.rtp_timestamp - heard.timestamp) & 0xFFFFFFFF == 48_000


async def test_a_voice_in_another_slot_is_reported_from_its_first_packet_there(conference):
    """Before, its slot still counts as the one who spoke there last did."""
    viewer = await conference.joins("viewer")
    people = [await conference.joins(name) for name in ("anna", "bert")]
    for person in people:
        person.says(0)
        ssrc = person.connection.ssrcs["microphone", None]
        person.reports(rtcp.sender_report(ssrc, rtcp.ntp_from_us(1_234_000_000 * S), 0, 1, 1))
    viewer.peer.report(conference.now)
    assert len(viewer.rtcp(rtcp.SenderReport)) == 2
    conference.room.hold(("bert",), conference.now)
    viewer.peer.report(conference.now)
    assert viewer.rtcp(rtcp.SenderReport) == []
    people[1].says(1)
    viewer.peer.report(conference.now)
    [report] = viewer.rtcp(rtcp.SenderReport)
    assert report.ssrc == viewer.peer.voices[0].outlet.ssrc


async def test_the_round_trip_is_measured(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    anna.reports(rtcp.sender_report(anna.connection.ssrcs["camera", "f"], rtcp.ntp_from_us(5 * S), 0, 1, 1))
    anna.shows()
    viewer.peer.report(conference.now)
    [report] = viewer.rtcp(rtcp.SenderReport)
    conference.now += 90 * MS
    block = rtcp.ReportBlock(viewer.slot().ssrc, 0, 0, 1, 0, rtcp.middle32(report.ntp), 65536 * 40 // 1000)
    viewer.reports(rtcp.receiver_report(1, [block]))
    assert abs(viewer.peer.line.round_trip_us - 50 * MS) < MS


async def test_quality_is_told_when_it_changed(conference):
    anna = await conference.joins("anna")
    for second in range(6):
        anna.shows(packets=10, lost=range(1, 9) if second > 3 else ())
        conference.now += S
        anna.peer.report(conference.now)
        anna.peer.measure(conference.now)
    told = conference.told(Quality)
    assert [quality.level for quality in told] == ["good", "poor"]
    assert told[-1].uplink_loss > 50
