"""The list of guests for those who invite: addresses, answers, what became of each mail, and each letter."""

from __future__ import annotations

import asyncio

import msgspec
from aiohttp import web

from meeting_app import delivery, letters, reminders
from meeting_app.models import Letter, Participant
from meeting_app.times import LOCAL
from signaling.errors import Refusal
from signaling.house import House
from signaling.http.asking import answering, as_json, home_of
from signaling.http.invitation import as_file
from signaling.http.reader import leader_of
from signaling.letter import set_letter
from signaling.limits import Buckets
from signaling.messages import Guest, GuestList, LetterWords, ReminderRules, SentMails


def routes(house: House, visits: Buckets) -> list[web.RouteDef]:
    """`GET /api/guests`, `GET /api/guests/{participant}/letter`; who asks is in the meeting already."""
    presses = asyncio.Semaphore(1)

    async def meeting_of(request: web.Request) -> str:
        return (await leader_of(house, visits, request)).meeting

    async def list_guests(request: web.Request) -> web.Response:
        meeting = await meeting_of(request)
        today = house.clock.utc().astimezone(LOCAL).date()
        async with house.database.reading() as session:
            words = await letters.words_of(session, meeting, today)
            rows = await delivery.guest_list(session, meeting)
            is_written = await session.get(Letter, meeting) is not None
            rules = await reminders.rules_of(session, meeting)
            sent = await reminders.sent_in(session, meeting)
        return as_json(
            GuestList(
                sends_mail=bool(house.settings.smtp_url),
                words=LetterWords(**{**vars(words), "dated": words.dated.isoformat()}),
                is_written=is_written,
                reminders=ReminderRules(**vars(rules)),
                sent=tuple(SentMails(**vars(one)) for one in sent),
                guests=tuple(msgspec.convert(row, Guest, from_attributes=True) for row in rows),
            )
        )

    async def letter(request: web.Request) -> web.Response:
        meeting = await meeting_of(request)
        async with house.database.reading() as session:
            guest = await session.get(Participant, request.match_info["participant"])
            if guest is None or guest.meeting_id != meeting:
                raise Refusal("not_found")
            paper = await letters.paper_for(session, guest.id, house.seal)
        async with presses:
            pdf = await set_letter(paper, home_of(request, house.settings))
        return as_file(pdf, "application/pdf", "Giay-moi.pdf")

    return [
        web.get("/api/guests", answering(list_guests)),
        web.get("/api/guests/{participant}/letter", answering(letter)),
    ]
