"""One offer in, one answer out: which media section is which source or slot, and in whose numbers.

A browser offers everything it will ever need in one bundle: what it can send (`sendonly`), and receive slots
(`recvonly`). The answer accepts all of it at once. Of the sections it sends, the first audio is the microphone,
the first video the camera (with up to three simulcast layers, RFC 8853), the second video the screen.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiortc.sdp import MediaDescription, SessionDescription

from sfu.control import LayerName, SourceKind
from sfu.errors import OfferError
from sfu.flow.allocation import LAYERS

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
ABS_SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"

SENT_AUDIO = (MID, AUDIO_LEVEL, TRANSPORT_CC)
SENT_VIDEO = (MID, RID, REPAIRED_RID, TRANSPORT_CC)
CODECS = {"audio": "audio/opus", "video": "video/VP8"}
START_KBPS = 800  # Chromium's own first guess, 300, keeps the full layer away for half a minute
MOST_SECTIONS = 64
MOST_OFFER = 64 * 1024  # characters
CNAME = "hoitruong"
STAGE = "stage"


@dataclass(frozen=True)
class SentSection:
    """A section the browser sends on."""

    mid: str
    kind: SourceKind
    payload_type: int
    rtx_payload_type: int | None  # None for audio, and where the browser offers no RTX
    layers: tuple[LayerName, ...]  # empty: one encoding without a name
    ssrcs: tuple[int, ...]  # announced in the offer; empty with simulcast, where headers say who is who


@dataclass(frozen=True)
class SlotSection:
    """A section the browser receives on, with the numbers this side chose."""

    mid: str
    kind: str  # "audio" or "video"
    payload_type: int
    rtx_payload_type: int | None
    extension_id: int  # the browser's number for abs-send-time
    ssrc: int
    rtx_ssrc: int


@dataclass(frozen=True)
class Negotiated:
    """What an offer comes down to."""

    ufrag: str  # the browser's
    fingerprints: tuple[tuple[str, str], ...]  # (algorithm, value) of the browser's certificate
    extensions: Mapping[str, int]  # URI → identifier, one space for the whole bundle
    sent: tuple[SentSection, ...]
    slots: tuple[SlotSection, ...]
    _media: tuple[MediaDescription, ...] = field(repr=False, default=())


def read_offer(sdp: str, earlier: Sequence[SlotSection] = ()) -> Negotiated:
    """Understand an offer; `earlier` are the slots of the same connection, which keep their numbers.

    Raises OfferError that names the section.
    """
    if len(sdp) > MOST_OFFER:
        raise OfferError(f"the offer is longer than {MOST_OFFER} characters")
    try:
        session = SessionDescription.parse(sdp)
    except Exception as error:
        # aiortc's parser trusts its input: whatever it trips over, and however, is a malformed offer.
        raise OfferError(f"the offer is not SDP: {error!r}") from None
    if not 0 < len(session.media) <= MOST_SECTIONS:
        raise OfferError(f"the offer has {len(session.media)} media sections, 1 to {MOST_SECTIONS} are possible")
    layers = _simulcast_layers(sdp)
    kept = {slot.mid: slot for slot in earlier}
    extensions = {e.uri: e.id for media in session.media for e in media.rtp.headerExtensions if 1 <= e.id <= 14}
    sent: list[SentSection] = []
    slots: list[SlotSection] = []
    first = session.media[0]
    for media, rids in zip(session.media, layers, strict=True):
        mid = media.rtp.muxId
        if media.kind not in CODECS or not mid:
            raise OfferError(f"section {mid!r} is {media.kind}; only audio and video with a mid are possible")
        if any(mid == section.mid for section in (*sent, *slots)):
            raise OfferError(f"the offer names mid {mid!r} twice")
        if media.ice.usernameFragment != first.ice.usernameFragment:
            raise OfferError(f"section {mid!r} is not in the bundle")
        payload_type, rtx_payload_type = _payload_types(media)
        if media.direction == "sendonly":
            sent.append(SentSection(
                mid, _source_kind(media.kind, sent), payload_type, rtx_payload_type, rids,
                tuple(s.ssrc for s in media.ssrc),
            ))  # fmt: skip
        elif media.direction == "recvonly":
            slots.append(kept.get(mid) or SlotSection(
                mid, media.kind, payload_type, rtx_payload_type, extensions.get(ABS_SEND_TIME, 0),
                1 + secrets.randbelow(2**32 - 1), 1 + secrets.randbelow(2**32 - 1),
            ))  # fmt: skip
        elif media.direction != "inactive":
            raise OfferError(f"section {mid!r} is {media.direction}; a section either sends or receives")
    if any(not 1 <= slot.extension_id <= 14 for slot in slots):
        raise OfferError("the offer has no abs-send-time extension with an identifier from 1 to 14")
    fingerprints = tuple((f.algorithm, f.value) for f in first.dtls.fingerprints) if first.dtls else ()
    if not fingerprints or not first.ice.usernameFragment:
        raise OfferError("the offer has no DTLS fingerprint or no ICE user name")
    return Negotiated(
        first.ice.usernameFragment, fingerprints, extensions, tuple(sent), tuple(slots), tuple(session.media)
    )


def write_answer(
    offer: Negotiated, ufrag: str, password: str, fingerprint: str, candidates: Sequence[tuple[str, int]]
) -> str:
    """The SDP answer: ICE-lite, DTLS passive, everything on one port at `candidates` (address, port)."""
    sent = {section.mid: section for section in offer.sent}
    slots = {section.mid: section for section in offer.slots}
    media = offer._media
    lines = ["v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=ice-lite", "a=msid-semantic: WMS *",
             "a=group:BUNDLE " + " ".join(m.rtp.muxId for m in media)]  # fmt: skip
    # Browsers keep lips and voice together within one stream: the first picture slot and the first voice slot.
    stage = {next((s.mid for s in offer.slots if s.kind == kind), None) for kind in CODECS}
    address, port = candidates[0]
    for section in media:
        mid = section.rtp.muxId
        receives, sends = sent.get(mid), slots.get(mid)
        chosen = receives or sends
        pt, rtx = (chosen.payload_type, chosen.rtx_payload_type) if chosen else _payload_types(section)
        lines += [
            f"m={section.kind} {port} UDP/TLS/RTP/SAVPF {pt}" + (f" {rtx}" if rtx is not None else ""),
            f"c=IN IP{6 if ':' in address else 4} {address}",
            "a=rtcp-mux", "a=rtcp-rsize", f"a=mid:{mid}", f"a=ice-ufrag:{ufrag}", f"a=ice-pwd:{password}",
            f"a=fingerprint:{fingerprint}", "a=setup:passive",
            *_codec_lines(section.kind, pt, rtx, upwards=receives is not None),
        ]  # fmt: skip
        if section is media[0]:
            lines += [
                f"a=candidate:{i} 1 udp {2130706431 - i} {host} {at} typ host"
                for i, (host, at) in enumerate(candidates, 1)
            ] + ["a=end-of-candidates"]
        if receives:
            lines += _extension_lines(section, SENT_AUDIO if section.kind == "audio" else SENT_VIDEO)
            lines.append("a=recvonly")
            if receives.layers:
                lines += [f"a=rid:{rid} recv" for rid in receives.layers]
                lines.append("a=simulcast:recv " + ";".join(receives.layers))
        elif sends:
            lines += _extension_lines(section, (ABS_SEND_TIME,))
            stream = STAGE if mid in stage else mid
            lines += ["a=sendonly", f"a=msid:{stream} {mid}"]
            if rtx is not None:
                lines.append(f"a=ssrc-group:FID {sends.ssrc} {sends.rtx_ssrc}")
            lines += [f"a=ssrc:{s} cname:{CNAME}" for s in (sends.ssrc, sends.rtx_ssrc)[: 1 + (rtx is not None)]]
        else:
            lines.append("a=inactive")
    return "\r\n".join(lines) + "\r\n"


def _source_kind(kind: str, sent: Sequence[SentSection]) -> SourceKind:
    videos = sum(section.kind != "microphone" for section in sent)
    if kind == "audio" and len(sent) == videos:
        return "microphone"
    if kind == "video" and videos < 2:
        return "screen" if videos else "camera"
    raise OfferError("the offer sends more than a microphone, a camera and a screen")


def _payload_types(media: MediaDescription) -> tuple[int, int | None]:
    wanted = CODECS[media.kind].lower()
    chosen = next((c.payloadType for c in media.rtp.codecs if c.mimeType.lower() == wanted), None)
    if chosen is None:
        raise OfferError(f"section {media.rtp.muxId!r} does not offer {CODECS[media.kind]}")
    repairs = (c for c in media.rtp.codecs if c.mimeType.lower() == "video/rtx")
    repair = next((c.payloadType for c in repairs if c.parameters.get("apt") == chosen), None)
    for number in (chosen, repair):
        # RFC 5761 4: on one port, 64 to 95 with a marker would read as RTCP.
        if number is not None and not (0 <= number < 64 or 96 <= number < 128):
            raise OfferError(f"section {media.rtp.muxId!r} has payload type {number}; 0-63 and 96-127 are possible")
    return chosen, repair


def _simulcast_layers(sdp: str) -> list[tuple[LayerName, ...]]:
    """The rids of each media section, in order; aiortc does not read them."""
    found: list[list[str]] = []
    for line in sdp.splitlines():
        if line.startswith("m="):
            found.append([])
        elif line.startswith("a=rid:") and found:
            rid, _, direction = line[6:].partition(" ")
            if direction.startswith("send"):
                found[-1].append(rid)
    for rids in found:
        if unknown := [rid for rid in rids if rid not in LAYERS]:
            raise OfferError(f"the offer names a simulcast layer {unknown[0]!r}; q, h and f are possible")
    return [tuple(layer for layer in LAYERS if layer in rids) for rids in found]


def _codec_lines(kind: str, pt: int, rtx: int | None, *, upwards: bool) -> list[str]:
    if kind == "audio":
        lines = [f"a=rtpmap:{pt} opus/48000/2", f"a=fmtp:{pt} minptime=10;useinbandfec=1"]
        return [*lines, f"a=rtcp-fb:{pt} transport-cc"] if upwards else lines
    lines = [f"a=rtpmap:{pt} VP8/90000", f"a=rtcp-fb:{pt} nack", f"a=rtcp-fb:{pt} nack pli",
             f"a=rtcp-fb:{pt} ccm fir", f"a=rtcp-fb:{pt} {'transport-cc' if upwards else 'goog-remb'}"]  # fmt: skip
    if upwards:
        lines.append(f"a=fmtp:{pt} x-google-start-bitrate={START_KBPS}")
    return lines if rtx is None else [*lines, f"a=rtpmap:{rtx} rtx/90000", f"a=fmtp:{rtx} apt={pt}"]


def _extension_lines(section: MediaDescription, wanted: Sequence[str]) -> list[str]:
    """Only what this section offers: Firefox offers no send time for voices, and refuses an answer that has it.

    It is written into their packets all the same, which Firefox passes over (RFC 3550 5.3.1: an extension "may be
    ignored").
    """
    offered = {extension.uri: extension.id for extension in section.rtp.headerExtensions}
    return [f"a=extmap:{offered[uri]} {uri}" for uri in wanted if uri in offered]
