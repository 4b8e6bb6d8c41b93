"""Delegates that come by themselves: `python -m demo.bots --hall ADDRESS --places FILE`.

Each enters with its personal link and speaks the browsers' protocol. Those who have a portrait publish it and
receive nothing; the others have no connection of media. Whoever has the floor talks; in an open meeting those on
camera take turns. All of them vote.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import socketio
import structlog

from demo.faces import FACES
from demo.media import Clip, Layer, prepared
from demo.places import Place, read, write
from demo.readiness import until_ready
from demo.sender import Sender
from demo.voting import ballot_of, pause_s
from sfu.client import Connection
from sfu.dtls import HandshakeError
from signaling.codec import MessageJson
from signaling.http.asking import COOKIE
from signaling.messages import (
    AnyCommand,
    AnyMedia,
    AnyPush,
    DemandChanged,
    Ended,
    EnterRequest,
    MediaGone,
    MediaOffer,
    MediaPublish,
    MeetingEvent,
    MeetingEvents,
    PermitChanged,
    Result,
    Vote,
    Welcome,
)

TURN_S = 12.0  # how long one talks before the next in an open meeting
AGAIN_S = 1.0
ANSWER_S = 10.0

log = structlog.get_logger("demo.bots")


@dataclass(frozen=True)
class Floor:
    """Who may talk, as the events of the meeting tell."""

    mode: str = "chaired"
    holder: str | None = None

    def lets_talk(self, participant: str, is_their_turn: bool) -> bool:
        return self.holder == participant or (self.mode == "open" and self.holder is None and is_their_turn)

    def after(self, event: MeetingEvent) -> Floor:
        match event.name:
            case "floor_given":
                return replace(self, holder=event.data["participant"])
            case "floor_taken":
                return replace(self, holder=None)
            case "participant_removed" if event.data["participant"] == self.holder:
                return replace(self, holder=None)
            case "all_muted":
                return Floor()
            case "floor_mode_changed":
                return replace(self, mode=event.data["mode"])
        return self


class Bot:
    """One delegate. Pushes only change what should be; `run` makes it so, one thing after the other."""

    def __init__(self, hall: str, place: Place) -> None:
        self._hall = hall
        self._place = place
        self._clip: Clip | None = None  # None: this one has no connection of media
        self._turn, self._turns = 0, 1  # when it talks in an open meeting
        self._socket = socketio.AsyncClient(json=MessageJson, reconnection_delay=AGAIN_S, reconnection_delay_max=5)
        self._socket.on("push", self._on_push)
        self._news = asyncio.Event()
        self._me = ""
        self._floor = Floor()
        self._ballot: AnyCommand | None = None  # to be cast with the next look
        self._may_talk = False
        self._talks: bool | None = None  # None: not told yet
        self._watched: frozenset[Layer] = frozenset()
        self._sender: Sender | None = None
        self._media_lost = False  # the connection we have is of no use any more
        self._media_ready = False  # a worker waits for our offer
        self._ended = False  # shown out, or the meeting is over

    async def run(self) -> None:
        """Take part until the service closes the door for good."""
        try:
            await self._socket.connect(
                self._hall,
                auth={"seq": None},
                headers={"Cookie": f"{COOKIE}={self._place.cookie}"},
                transports=["websocket"],
                retry=True,
            )
            # Python 3.11's wait_for, which the library calls, forgets a cancellation that comes with its result.
            me = asyncio.current_task()
            while not self._ended and not me.cancelling():
                await self._follow()
                with contextlib.suppress(TimeoutError):
                    # Who sends looks at the clock for its turn; the others wait.
                    async with asyncio.timeout(AGAIN_S if self._clip else None):
                        await self._news.wait()
                self._news.clear()
        finally:
            await self._leave_media()
            await self._socket.disconnect()

    def go_on_camera(self, clip: Clip, turn: int, turns: int) -> None:
        self._clip, self._turn, self._turns = clip, turn, turns
        self._news.set()

    def _on_push(self, data: dict[str, Any]) -> None:
        match msgspec.convert(data, AnyPush):
            case Welcome() as welcome:
                self._me = welcome.me
                if welcome.meeting is not None:
                    floor = welcome.meeting.floor
                    self._floor = Floor(floor.mode, floor.holder)
                    if welcome.ballot is None:
                        self._think_about(welcome.meeting.vote)
                self._talks = None
                self._media_ready = True
                self._media_lost = not welcome.media_known
            case MeetingEvent() as event:
                self._hear_of(event)
            case MeetingEvents(events=several):
                for event in several:
                    self._hear_of(event)
            case PermitChanged(publish=publish):
                self._may_talk = "microphone" in publish
            case DemandChanged(camera=camera):
                self._watched = frozenset(camera)
            case MediaGone(ready=ready):
                self._media_lost, self._media_ready = True, ready
            case Ended():
                self._ended = True
        self._news.set()

    def _hear_of(self, event: MeetingEvent) -> None:
        self._floor = self._floor.after(event)
        if event.name == "vote_opened":
            self._think_about(msgspec.convert(event.data["vote"], Vote))

    def _think_about(self, vote: Vote | None) -> None:
        ballot = ballot_of(vote, self._me) if vote is not None else None
        if ballot is not None:
            asyncio.get_running_loop().call_later(pause_s(vote, self._me), self._decide, ballot)

    def _decide(self, ballot: AnyCommand) -> None:
        self._ballot = ballot
        self._news.set()

    async def _follow(self) -> None:
        """Make what this bot does equal to what it should."""
        if self._ballot is not None and self._socket.connected:
            ballot, self._ballot = self._ballot, None
            await self._ask(ballot, "command")
        if self._media_lost:
            self._media_lost = False
            await self._leave_media()
        if self._clip is None or not self._socket.connected:
            return
        if self._sender is None and self._media_ready:
            await self._join_media(self._clip)
        if self._sender is None:
            return
        self._sender.watch(self._watched)
        is_my_turn = int(asyncio.get_running_loop().time() / TURN_S) % self._turns == self._turn
        talks = self._may_talk and self._floor.lets_talk(self._me, is_my_turn)
        if talks != self._talks:
            self._talks = talks
            self._sender.speak(talks)
            await self._ask(MediaPublish(microphone=talks, camera=True, screen=False))

    async def _join_media(self, clip: Clip) -> None:
        """One offer, one answer; what goes wrong is tried again with the next look at the clock."""
        connection = Connection(publish=("microphone", "camera"), voice_slots=0, picture_slots=0)
        try:
            result = await self._ask(MediaOffer(sdp=connection.offer))
            if result is None or result.answer is None:
                connection.vanish()
                return
            await connection.connect(result.answer)
        except (HandshakeError, TimeoutError) as error:
            log.warning("media_failed", name=self._place.name, cause=repr(error))
            await connection.close()
            return
        self._sender, self._talks = Sender(clip, connection), None

    async def _leave_media(self) -> None:
        sender, self._sender = self._sender, None
        if sender is not None:
            await sender.close()

    async def _ask(self, message: AnyMedia | AnyCommand, event: str = "media") -> Result | None:
        """The service's answer; None when it refused or the line is down."""
        try:
            answer = await self._socket.call(event, message, timeout=ANSWER_S)
        except socketio.exceptions.SocketIOError as error:
            log.info("unanswered", name=self._place.name, cause=repr(error))
            return None
        result = msgspec.convert(answer, Result)
        if not result.ok:
            log.info("refused", name=self._place.name, code=result.problem and result.problem.code)
            return None
        return result


async def enter(hall: str, places_file: Path) -> list[Place]:
    """Use the links that were not used yet; the cookies are kept, so that a bot may come back."""
    places = await asyncio.to_thread(read, places_file)
    # Each request stands for another device, so no cookie is kept between them.
    async with aiohttp.ClientSession(hall, cookie_jar=aiohttp.DummyCookieJar()) as devices:
        for place in places:
            if place.cookie is None:
                body = msgspec.json.encode(EnterRequest(token=place.token))
                async with devices.post("/api/enter", data=body, raise_for_status=True) as response:
                    place.cookie = response.cookies[COOKIE].value
    await asyncio.to_thread(write, places_file, places)
    return places


async def take_part(hall: str, places_file: Path, clips: Path, on_camera: int) -> None:
    """Everybody of the file enters and stays; who is to be seen goes on camera once its clip is ready."""
    await until_ready(hall)
    places = await enter(hall, places_file)
    portraits = dict(list(FACES.items())[:on_camera])
    bots = {place.name: Bot(hall, place) for place in places}
    async with asyncio.TaskGroup() as company:
        for bot in bots.values():
            company.create_task(bot.run())
        for turn, (name, portrait) in enumerate(portraits.items()):
            clip = await asyncio.to_thread(prepared, portrait, clips)
            bots[name].go_on_camera(clip, turn, len(portraits))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hall", default="http://127.0.0.1:8080", help="address of the service")
    parser.add_argument("--places", type=Path, default=Path("data/demo/places.json"))
    parser.add_argument("--clips", type=Path, default=Path("data/clips"), help="where prepared media is kept")
    parser.add_argument("--on-camera", type=int, default=len(FACES), help="how many send pictures")
    options = parser.parse_args()

    # SIGTERM ends the process as it stands: the service sees the lines close, and clips are kept whole or not at all.
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(take_part(options.hall, options.places, options.clips, options.on_camera))


if __name__ == "__main__":
    main()
