"""How every request of the office begins: who asks, from where, how often; and how a change is made once."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.events import Event
from meeting_app.office import journal, sessions
from meeting_app.office.sessions import SignedIn
from signaling.errors import Refusal
from signaling.halls import Halls
from signaling.house import House
from signaling.http import asking
from signaling.http.asking import check_origin, note_seen, take_token
from signaling.limits import Buckets
from signaling.messages.office import Asked
from signaling.settings import Settings

COOKIE = "hoitruong-office"
BODY_BYTES = 128 * 1024  # a thousand ids fit
SECRETS = ("password", "new_password")  # in no journal
PERSONAL = ("email",)  # in the journal as a digest, by which a repetition is known

NOWHERE: Mapping[str, str] = {}


T = TypeVar("T")
Verb = Callable[[AsyncSession, SignedIn, datetime], Awaitable[dict[str, Any]]]
MeetingVerb = Callable[[AsyncSession, SignedIn, datetime], Awaitable[tuple[dict[str, Any], Iterable[Event]]]]


@dataclass(frozen=True)
class Desk:
    house: House
    halls: Halls
    visits: Buckets

    async def who(self, request: web.Request) -> SignedIn:
        """Raises `Refusal` for a browser that is not signed in."""
        take_token(request, self.house, self.visits)
        token = request.cookies.get(COOKIE)
        now = self.house.clock.utc()
        found = None
        if token is not None:
            async with self.house.database.reading() as session:
                found = await sessions.find(session, token, now)
        if found is None:
            raise Refusal("not_signed_in")
        await note_seen(self.house, found, sessions.seen, now)
        return found

    async def changer(self, request: web.Request) -> SignedIn:
        """Who asks for a change. Raises `Refusal` also for a page from elsewhere."""
        check_origin(request, self.house.settings)
        return await self.who(request)

    async def change(
        self, who: SignedIn, action: str, asked: Asked, verb: Verb, where: Mapping[str, str] = NOWHERE
    ) -> dict[str, Any]:
        """What the verb answers, done once for the key; `where` is what the address names. Raises `MeetingError`."""
        async with self.house.database.writing() as session:
            return await self._once(session, who, action, asked, verb, where)

    async def change_meeting(
        self,
        who: SignedIn,
        action: str,
        meeting: str,
        asked: Asked,
        verb: MeetingVerb,
        where: Mapping[str, str] = NOWHERE,
    ) -> dict[str, Any]:
        """The same for a meeting, in which those who are connected are told. Raises `MeetingError`."""

        async def write(session: AsyncSession) -> tuple[dict[str, Any], list[Event]]:
            happened: list[Event] = []

            async def noted(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
                answer, events = await verb(session, who, now)
                happened.extend(events)
                return answer

            return await self._once(session, who, action, asked, noted, {"meeting": meeting, **where}), happened

        hall = await self.halls.of(meeting)
        return await hall.change(write)

    async def _once(
        self, session: AsyncSession, who: SignedIn, action: str, asked: Asked, verb: Verb, where: Mapping[str, str]
    ) -> dict[str, Any]:
        now = self.house.clock.utc()
        fields = {name: value for name, value in msgspec.to_builtins(asked).items() if name not in ("key", *SECRETS)}
        kept = {name: digest(value) if name in PERSONAL else value for name, value in fields.items()}
        answer = await journal.once(
            session, who.account, action, asked.key, {**where, **kept}, lambda: verb(session, who, now), now
        )
        return dict(answer)


def digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


async def body_of(request: web.Request, kind: type[T]) -> T:
    """The body as a message, with room for long lists. Raises as `asking.body_of`."""
    return await asking.body_of(request, kind, BODY_BYTES)


def set_cookie(response: web.Response, settings: Settings, token: str) -> None:
    # Without an age it ends with the browser; the row ends it earlier.
    response.set_cookie(COOKIE, token, httponly=True, samesite="Strict", secure=settings.is_https, path="/")
