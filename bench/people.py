"""Who is in a bench's room: one publisher of the common stream, many receivers of it."""

import asyncio
import re

from bench import media
from sfu import control
from sfu.client import Connection, Received
from sfu.wire import rtcp
from signaling.link import Link

ROOM, SPEAKER = "bench", "speaker"
LEVEL_DBOV = -20
ESTIMATE_BPS = 8_000_000  # what receivers claim to carry
REPORT_S = 1.0
JOINING = 8  # at once, while a room is filled


async def join(link: Link, name: str, connection: Connection, publish: tuple[control.SourceKind, ...] = ()) -> str:
    """Enter the room and connect; the worker's answer."""
    reply = await link.ask(control.Join, room=ROOM, peer=name, offer=connection.offer, publish=publish)
    await connection.connect(reply.answer)
    return reply.answer


class Publisher:
    """Sends the picture and the voice at their pace until cancelled."""

    def __init__(self) -> None:
        self.connection = Connection(("microphone", "camera"), layers=(), voice_slots=0, picture_slots=0)
        self.connection.on_rtcp = self._on_rtcp
        self.sent = 0  # packets
        self._pictures = self._voices = self._picture_packets = 0
        self._keyframe_wanted = True

    def _on_rtcp(self, packets: list[rtcp.Packet]) -> None:
        self._keyframe_wanted |= any(isinstance(packet, rtcp.Pli | rtcp.Fir) for packet in packets)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        # It may have paused: what was not sent then is not made up for.
        behind_s = min(self._pictures / media.PICTURES_PER_S, self._voices / media.VOICES_PER_S)
        start, reported = loop.time() - behind_s, behind_s - REPORT_S
        while True:
            picture_s, voice_s = self._pictures / media.PICTURES_PER_S, self._voices / media.VOICES_PER_S
            await asyncio.sleep(start + min(picture_s, voice_s) - loop.time())
            if voice_s < picture_s:
                self._send_voice()
            else:
                self._send_picture()
            if picture_s - reported >= REPORT_S:
                reported = picture_s
                self._report()

    def _send_voice(self) -> None:
        timestamp = self._voices * media.VOICE_CLOCK // media.VOICES_PER_S
        payload = media.voice_payload()
        self.connection.send_rtp("microphone", self._voices, timestamp, False, payload, level=LEVEL_DBOV, voice=True)
        self._voices += 1
        self.sent += 1

    def _send_picture(self) -> None:
        count = media.picture_packets(self._pictures)
        keyframe, self._keyframe_wanted = self._keyframe_wanted, False
        for packet in range(count):
            payload = media.picture_payload(self._pictures, packet, keyframe)
            self.connection.send_rtp(
                "camera", self._picture_packets, self._picture_timestamp(), packet == count - 1, payload
            )
            self._picture_packets += 1
        self._pictures += 1
        self.sent += count

    def _picture_timestamp(self) -> int:
        return self._pictures * media.PICTURE_CLOCK // media.PICTURES_PER_S

    def _report(self) -> None:
        ntp = rtcp.ntp_from_us(media.now_ns() // 1000)
        voice_timestamp = self._voices * media.VOICE_CLOCK // media.VOICES_PER_S
        for kind, timestamp, packets in (
            ("camera", self._picture_timestamp(), self._picture_packets),
            ("microphone", voice_timestamp, self._voices),
        ):
            ssrc = self.connection.ssrcs[kind, None]
            report = rtcp.sender_report(ssrc, ntp, timestamp, packets, packets * media.PICTURE_PAYLOAD)
            self.connection.send_rtcp(report + rtcp.sdes_cname(ssrc, SPEAKER))


class Receiver:
    """Watches the publisher in one slot and hears it in another. `name` is the peer's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.connection = Connection((), layers=(), voice_slots=3, picture_slots=1)
        self.connection.on_rtp = self._on_rtp
        self.pictures = 0  # packets that came before a sink took over
        self.highest = 0
        self._ssrc = 0

    async def join(self, link: Link) -> None:
        answer = await join(link, self.name, self.connection)
        (mid,) = self.connection.picture_mids
        section = answer.partition(f"a=mid:{mid}\r\n")[2]
        self._ssrc = int(re.search(r"a=ssrc:(\d+)", section)[1])
        wish = control.Wish(mid, control.source_name(SPEAKER, "camera"))
        await link.ask(control.Watch, room=ROOM, peer=self.name, wishes=(wish,))

    def _on_rtp(self, packet: Received) -> None:
        if packet.mid in self.connection.picture_mids:
            self.pictures += 1
            self.highest = packet.sequence

    def report(self, more_packets: int) -> None:
        """Say that all is well, as a browser does every second; `more_packets` came since `highest`."""
        block = rtcp.ReportBlock(self._ssrc, 0, 0, self.highest + more_packets, 0, 0, 0)
        self.connection.send_rtcp(rtcp.receiver_report(1, [block]) + rtcp.remb(1, ESTIMATE_BPS, [self._ssrc]))


async def fill(link: Link, count: int) -> list[Receiver]:
    """`count` receivers, all connected."""
    receivers = [Receiver(f"receiver {number}") for number in range(count)]
    turns = asyncio.Semaphore(JOINING)

    async def enter(receiver: Receiver) -> None:
        async with turns:
            await receiver.join(link)

    await asyncio.gather(*map(enter, receivers))
    return receivers
