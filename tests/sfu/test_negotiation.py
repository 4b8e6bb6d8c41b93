"""The offers of Chromium and Firefox answered section by section, and offers that are none."""

import re
from pathlib import Path

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

import tests.vectors
from sfu.errors import OfferError
from sfu.negotiation import (
    ABS_SEND_TIME,
    AUDIO_LEVEL,
    MID,
    MOST_OFFER,
    MOST_SECTIONS,
    REPAIRED_RID,
    RID,
    STAGE,
    TRANSPORT_CC,
    read_offer,
    write_answer,
)

OFFER, FIREFOX = (
    Path(tests.vectors.__file__).with_name(f"{browser}_offer.sdp").read_bytes().decode()
    for browser in ("chromium", "firefox")
)
FINGERPRINT = "sha-256 " + ":".join(["AB"] * 32)
HERE = [("203.0.113.7", 50000), ("2001:db8::7", 443)]


def sections(sdp):
    """The lines of each media section."""
    return [part.splitlines() for part in re.split(r"(?m)^(?=m=)", sdp)[1:]]


def without_sending(sdp):
    """The offer of somebody who only watches."""
    head = sdp[: sdp.index("m=")]
    parts = re.split(r"(?m)^(?=m=)", sdp)[1:]
    return head + "".join(part for part in parts if "a=sendonly" not in part)


def answer(sdp=OFFER, earlier=()):
    offer = read_offer(sdp, earlier)
    return offer, write_answer(offer, "ufrag", "password", FINGERPRINT, HERE)


def value(section, name):
    """The values of an attribute in one section."""
    return [line[len(name) + 3 :] for line in section if line.startswith(f"a={name}:")]


def extension_uris(section):
    return {line.split(" ", 1)[1] for line in value(section, "extmap")}


# What an offer comes down to --------------------------------------------------------------------------


def test_chromium_offers_three_sources_and_its_slots():
    offer = read_offer(OFFER)
    assert [(s.mid, s.kind, s.layers) for s in offer.sent] == [
        ("0", "microphone", ()),
        ("1", "camera", ("q", "h", "f")),
        ("2", "screen", ()),
    ]
    assert [s.kind for s in offer.slots] == ["audio"] * 3 + ["video"] * 18
    assert [s.mid for s in offer.slots] == [str(mid) for mid in range(3, 24)]
    assert {s.extension_id for s in offer.slots} == {2}
    assert offer.extensions[AUDIO_LEVEL] == 1
    assert offer.extensions[MID] == 4
    assert offer.sent[2].ssrcs == (1483067009, 3920645568)
    assert len({n for s in offer.slots for n in (s.ssrc, s.rtx_ssrc)}) == 2 * len(offer.slots)


def test_firefox_offers_the_same():
    offer, chromium = read_offer(FIREFOX), read_offer(OFFER)
    assert [(s.mid, s.kind, s.layers) for s in offer.sent] == [(s.mid, s.kind, s.layers) for s in chromium.sent]
    assert [(s.mid, s.kind) for s in offer.slots] == [(s.mid, s.kind) for s in chromium.slots]
    assert {(s.kind, s.payload_type, s.rtx_payload_type) for s in offer.slots} == {
        ("audio", 109, None),
        ("video", 120, 124),
    }
    assert len(FIREFOX) < MOST_OFFER


@pytest.mark.parametrize("whole", [OFFER, FIREFOX], ids=["chromium", "firefox"])
def test_somebody_who_only_watches(whole):
    offer, sdp = answer(without_sending(whole))
    assert offer.sent == ()
    assert len(offer.slots) == len(sections(sdp)) == 21


def test_slots_keep_their_numbers_when_offered_again():
    first = read_offer(without_sending(OFFER))
    second = read_offer(OFFER, first.slots)
    assert second.slots == first.slots


# The answer -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offer", [OFFER, FIREFOX], ids=["chromium", "firefox"])
def test_the_answer_is_sdp_that_answers_every_section_in_order(offer):
    _, sdp = answer(offer)
    asked, answered = SessionDescription.parse(offer), SessionDescription.parse(sdp)
    assert [m.kind for m in answered.media] == [m.kind for m in asked.media]
    assert [m.rtp.muxId for m in answered.media] == [m.rtp.muxId for m in asked.media]
    assert answered.group[0].items == asked.group[0].items
    mirrored = {"sendonly": "recvonly", "recvonly": "sendonly"}
    assert [m.direction for m in answered.media] == [mirrored[m.direction] for m in asked.media]


def test_the_answer_is_lite_passive_and_on_one_port():
    _, sdp = answer()
    assert "a=ice-lite" in sdp.splitlines()
    for section in sections(sdp):
        assert section[0].split()[1] == "50000"
        assert value(section, "setup") == ["passive"]
        assert value(section, "ice-ufrag") == ["ufrag"]
        assert value(section, "ice-pwd") == ["password"]
        assert value(section, "fingerprint") == [FINGERPRINT]
        assert "a=rtcp-mux" in section
    first, *others = SessionDescription.parse(sdp).media
    assert [(c.ip, c.port, c.protocol, c.type) for c in first.ice_candidates] == [
        (host, port, "udp", "host") for host, port in HERE
    ]
    assert first.ice_candidates[0].priority > first.ice_candidates[1].priority
    assert first.ice_candidates_complete
    assert not any(m.ice_candidates for m in others)


def test_the_camera_is_taken_in_all_its_layers():
    _, sdp = answer()
    camera = sections(sdp)[1]
    assert value(camera, "rid") == ["q recv", "h recv", "f recv"]
    assert value(camera, "simulcast") == ["recv q;h;f"] or "a=simulcast:recv q;h;f" in camera
    assert not value(sections(sdp)[2], "rid")


@pytest.mark.parametrize("offer", [OFFER, FIREFOX], ids=["chromium", "firefox"])
def test_extensions_are_those_of_the_same_section_that_are_of_use(offer):
    _, sdp = answer(offer)
    for asked, answered in zip(sections(offer), sections(sdp), strict=True):
        offered = {(said.split("/")[0].split()[0], said.split()[1]) for said in value(asked, "extmap")}
        assert {tuple(said.split()) for said in value(answered, "extmap")} <= offered
    microphone, camera, screen, *slots = sections(sdp)
    assert extension_uris(microphone) == {MID, AUDIO_LEVEL, TRANSPORT_CC}
    assert extension_uris(camera) == extension_uris(screen) == {MID, RID, REPAIRED_RID, TRANSPORT_CC}
    for slot in slots:  # Firefox offers no send time for voices
        assert extension_uris(slot) == (set() if offer is FIREFOX and "m=audio" in slot[0] else {ABS_SEND_TIME})


def test_codecs_are_opus_and_vp8_with_repairs_under_the_offered_numbers():
    _, sdp = answer()
    for section in sections(sdp):
        names = [codec.split()[1] for codec in value(section, "rtpmap")]
        types = [codec.split()[0] for codec in value(section, "rtpmap")]
        assert section[0].split()[3:] == types
        if section[0].startswith("m=audio"):
            assert (names, types) == (["opus/48000/2"], ["111"])
        else:
            assert (names, types) == (["VP8/90000", "rtx/90000"], ["96", "97"])
            assert "97 apt=96" in value(section, "fmtp")
            assert {"96 nack", "96 nack pli"} <= set(value(section, "rtcp-fb"))


def test_feedback_upwards_is_transport_wide_and_downwards_remb():
    _, sdp = answer()
    for section in sections(sdp)[1:]:
        feedback = value(section, "rtcp-fb")
        if section[0].startswith("m=video"):
            assert ("96 transport-cc" in feedback) == ("a=recvonly" in section)
            assert ("96 goog-remb" in feedback) == ("a=sendonly" in section)


def test_each_slot_has_its_own_numbers():
    offer, sdp = answer()
    for slot, section in zip(offer.slots, sections(sdp)[3:], strict=True):
        ssrcs = {line.split()[0] for line in value(section, "ssrc")}
        if slot.kind == "audio":
            assert ssrcs == {str(slot.ssrc)}
            assert not value(section, "ssrc-group")
        else:
            assert ssrcs == {str(slot.ssrc), str(slot.rtx_ssrc)}
            assert value(section, "ssrc-group") == [f"FID {slot.ssrc} {slot.rtx_ssrc}"]


def test_the_first_voice_and_the_first_picture_share_a_stream():
    _, sdp = answer()
    streams = [value(section, "msid")[0].split() for section in sections(sdp)[3:]]
    assert [mid for stream, mid in streams if stream == STAGE] == ["3", "6"]
    assert len({stream for stream, _ in streams}) == len(streams) - 1
    assert len({track for _, track in streams}) == len(streams)


def test_without_repairs_offered_none_are_answered():
    _, sdp = answer(re.sub(r"a=(rtpmap|fmtp):97.*\r\n", "", OFFER.replace("SAVPF 96 97", "SAVPF 96")))
    assert "rtx" not in sdp
    assert "ssrc-group" not in sdp


def test_a_section_that_is_inactive_stays_so():
    _, sdp = answer(OFFER.replace("a=recvonly", "a=inactive", 1))
    assert "a=inactive" in sections(sdp)[3]


# Offers that are none ---------------------------------------------------------------------------------


def refused(sdp, why):
    with pytest.raises(OfferError, match=why):
        read_offer(sdp)


def test_an_offer_that_is_too_long():
    refused("v=0\r\n" + "a=x\r\n" * (MOST_OFFER // 5), f"longer than {MOST_OFFER}")


def test_an_offer_of_too_many_sections():
    watcher = without_sending(OFFER)
    last = re.split(r"(?m)^(?=m=)", watcher)[-1]
    short = "\r\n".join(line for line in last.splitlines() if not line.startswith(("a=rtcp-fb", "a=ice-options")))
    more = "".join(re.sub(r"a=mid:\d+", f"a=mid:{100 + i}", short) + "\r\n" for i in range(MOST_SECTIONS - 20))
    offer = re.sub(r"a=(rtcp-fb|rtcp-xr|extmap:(14|13|5|6|7|8|9|11|12) ).*\r\n", "", watcher + more)
    assert len(offer) < MOST_OFFER
    refused(offer, f"has {MOST_SECTIONS + 1} media sections")


def test_an_offer_of_nothing():
    refused("v=0\r\ns=-\r\n", "0 media sections")
    refused("", "0 media sections")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("VP8/90000", "VP9/90000", "does not offer video/VP8"),
        ("opus/48000/2", "PCMU/8000", "does not offer audio/opus"),
        ("a=rid:h send", "a=rid:x send", "simulcast layer 'x'"),
        ("a=sendonly", "a=sendrecv", "either sends or receives"),
        ("a=fingerprint:", "a=finger:", "no DTLS fingerprint"),
        ("a=ice-ufrag:", "a=ice:", "no ICE user name"),
        ("extmap:2 ", "extmap:15 ", "abs-send-time"),
        ("extmap:2 ", "extmap:2000 ", "abs-send-time"),
        ("m=audio", "m=application", "only audio and video"),
        ("a=mid:", "a=middle:", "only audio and video with a mid"),
        ("a=mid:7\r", "a=mid:6\r", "mid '6' twice"),
    ],
)
def test_an_offer_that_cannot_be_answered(before, after, why):
    assert before in OFFER
    refused(OFFER.replace(before, after), why)


@pytest.mark.parametrize("number", [-1, 75, 95, 128, 70_000])
@pytest.mark.parametrize("earlier", [96, 97, 111])
def test_a_payload_type_out_of_range(earlier, number):
    offer = OFFER.replace(f":{earlier} ", f":{number} ").replace(f"apt={earlier}", f"apt={number}")
    refused(offer, f"payload type {number}")


def test_a_section_outside_the_bundle():
    refused("a=ice-ufrag:other".join(OFFER.rsplit("a=ice-ufrag:wS6D", 1)), "not in the bundle")


def test_more_than_a_microphone_a_camera_and_a_screen():
    at = OFFER.rindex("a=recvonly")
    refused(OFFER[:at] + "a=sendonly" + OFFER[at + 10 :], "more than a microphone, a camera and a screen")


# Whatever comes ---------------------------------------------------------------------------------------

LINES = OFFER[: OFFER.index("a=mid:4")].splitlines()


@given(st.text(max_size=300))
def test_whatever_the_text_an_offer_is_refused_and_nothing_else(text):
    try_to_answer(text)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["drop", "double", "cut", "swap", "number", "insert"]),
            st.integers(0, len(LINES) - 1),
            st.text("0123456789abcdef:/ ;=-\r\n\x0b\x85\u2028é", max_size=12),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_however_an_offer_is_mangled_it_is_answered_or_refused(changes):
    lines = list(LINES)
    for change, at, text in changes:
        at %= len(lines)
        match change:
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][: len(text)]
            case "swap":
                lines[at], lines[0] = lines[0], lines[at]
            case "number":
                lines[at] = re.sub(r"\d+", text, lines[at], count=1)
            case "insert":
                lines[at] += text
    try_to_answer("\r\n".join(lines) + "\r\n")


def try_to_answer(sdp):
    try:
        offer = read_offer(sdp)
    except OfferError:
        return
    text = write_answer(offer, "ufrag", "password", FINGERPRINT, HERE)
    assert len(sections(text)) == len(SessionDescription.parse(text).media) == len(SessionDescription.parse(sdp).media)
    for section in (*offer.sent, *offer.slots):
        assert 0 <= section.payload_type < 128
        assert section.rtx_payload_type is None or 0 <= section.rtx_payload_type < 128
