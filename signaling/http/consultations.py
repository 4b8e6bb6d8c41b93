"""Consultation before signature over HTTP: the draft, the units' opinions, the replies, the signature."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from converter.control import CLEAN
from meeting_app import organization
from meeting_app.consultations import drafting, opinions, reading, signing
from meeting_app.consultations.drafting import Plan
from meeting_app.errors import GateShut
from meeting_app.events import Event
from meeting_app.ids import new_id
from meeting_app.models import Draft
from meeting_app.office.sessions import SignedIn
from signaling.conversion import Conversion
from signaling.errors import Refusal
from signaling.files import Files, there
from signaling.http.asking import answering, as_json
from signaling.http.file import FileAnswer
from signaling.http.office.desk import Desk, body_of
from signaling.http.office.units import unit_shown
from signaling.limits import Buckets
from signaling.messages import (
    AddDraft,
    AskUnitsRequest,
    Consultation,
    ConsultationChoices,
    ConsultationLine,
    Consultations,
    ConsultationSigner,
    MoveDeadlineRequest,
    NewConsultation,
    NewConsultationRequest,
    OpenOpinionRequest,
    OpinionRequest,
    ReplyRequest,
    SignConsultationRequest,
    WithdrawRequest,
)
from signaling.messages.office import Asked
from signaling.signing import Press

AT = "/api/office/consultations"
KEPT = "private, no-cache"  # a version never changes; asked each time, because a right may be lost
DRAFTS_PER_S, DRAFTS_BURST = 0.2, 20  # files of one account

Verb = Callable[[AsyncSession, SignedIn, str, datetime], Awaitable[Event | None]]


def routes(desk: Desk, files: Files, conversion: Conversion) -> list[web.RouteDef]:
    """Under `/api/office/consultations`."""
    house = desk.house
    drafts = Buckets(DRAFTS_PER_S, DRAFTS_BURST)
    press = Press(files, house.settings.convert_unconfined)

    async def see_all(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            lines = await reading.listed(session, who)
        shown = (msgspec.convert(line, ConsultationLine, from_attributes=True) for line in lines)
        return as_json(Consultations(consultations=tuple(shown)))

    async def choices(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            reach = who.officer.reach("create_consultation")
            units = [unit for unit in await organization.units_within(session, "/") if unit.closed_at is None]
            signers = await reading.signers(session, who)
        return as_json(
            ConsultationChoices(
                leading=tuple(unit.id for unit in units if unit.path.startswith(reach)),
                units=tuple(unit_shown(unit) for unit in units),
                signers=tuple(
                    ConsultationSigner(account=account, name=name, title=title, unit=unit)
                    for account, name, title, unit in signers
                ),
            )
        )

    async def create(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewConsultationRequest)
        units = tuple((one.unit, one.email) for one in asked.units)
        plan = Plan(asked.unit, asked.title, asked.note, asked.deadline, asked.signer, units)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            return {"consultation": (await drafting.create(session, who, plan, now)).meeting}

        return as_json(NewConsultation(**await desk.change(who, "create_consultation", asked, verb)))

    async def see(request: web.Request) -> web.Response:
        return await shown(await desk.who(request), request.match_info["consultation"])

    async def shown(who: SignedIn, consultation: str) -> web.Response:
        async with house.database.reading() as session:
            view = await reading.view(session, who, consultation, house.clock.utc())
        return as_json(msgspec.convert(view, Consultation, from_attributes=True))

    async def changed(who: SignedIn, request: web.Request, action: str, asked: Asked, verb: Verb) -> web.Response:
        consultation = request.match_info["consultation"]
        where = {name: request.match_info[name] for name in ("consultation", "opinion") if name in request.match_info}

        async def write(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await verb(session, who, consultation, now)
            return {}

        await desk.change(who, action, asked, write, where)
        return await shown(who, consultation)

    async def add_draft(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        if not drafts.take(who.account, house.clock.seconds()):
            raise Refusal("too_many")
        upload = new_id(house.clock.utc())
        try:
            size, file = await take_in(request, upload)
            asked = msgspec.convert({"key": request.query.get("key", ""), "sha256": file}, AddDraft)

            async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
                return await drafting.add_draft(session, who, consultation, file, size, now)

            answer = await changed(who, request, "add_draft", asked, verb)
        finally:
            await asyncio.to_thread(files.drop, upload)
        conversion.wake()
        return answer

    async def take_in(request: web.Request, upload: str) -> tuple[int, str]:
        """The file in the body, kept; its size and hash."""
        consultation = request.match_info["consultation"]
        who = await desk.who(request)
        async with house.database.reading() as session:  # before a stranger's megabytes are written down
            if not (await reading.see(session, who, consultation)).leads:
                raise Refusal("out_of_reach")
        size, room = 0, await asyncio.to_thread(files.room)
        async for piece in request.content.iter_chunked(256 * 1024):
            size += len(piece)
            if size > house.settings.document_bytes:
                raise Refusal("file_too_large", most=house.settings.document_bytes // 2**20)
            if size > room:
                raise Refusal("no_room")
            await asyncio.to_thread(files.append, upload, piece)
        if size == 0:
            raise Refusal("file_empty")
        return size, await asyncio.to_thread(files.keep, upload)

    async def ask(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, AskUnitsRequest)
        return await changed(who, request, "ask_units", asked, drafting.ask_units)

    async def move(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, MoveDeadlineRequest)

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
            return await drafting.move_deadline(session, who, consultation, asked.deadline, now)

        return await changed(who, request, "move_deadline", asked, verb)

    async def withdraw(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, WithdrawRequest)

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
            return await drafting.withdraw(session, who, consultation, asked.reason, now)

        return await changed(who, request, "withdraw_consultation", asked, verb)

    async def give(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, OpinionRequest)

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
            return await opinions.give(session, who, consultation, who.unit, asked.choice, asked.text, now)

        return await changed(who, request, "give_opinion", asked, verb)

    async def reply(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ReplyRequest)
        opinion = request.match_info["opinion"]

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
            words = (asked.outcome, asked.text, asked.revision)
            return await opinions.reply(session, who, consultation, opinion, *words, now)

        return await changed(who, request, "reply_opinion", asked, verb)

    async def open_opinion(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, OpenOpinionRequest)
        opinion = request.match_info["opinion"]

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event | None:
            return await signing.open_opinion(session, who, consultation, opinion, now)

        return await changed(who, request, "open_opinion", asked, verb)

    async def sign(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, SignConsultationRequest)
        waivers = {one.unit: one.reason for one in asked.waivers}
        try:
            return await sign_what_was_seen(request, who, asked, waivers)
        except GateShut as error:
            raise Refusal(error.code, units="; ".join(error.units)) from error

    async def sign_what_was_seen(
        request: web.Request, who: SignedIn, asked: SignConsultationRequest, waivers: signing.Waivers
    ) -> web.Response:
        consultation = request.match_info["consultation"]
        async with house.database.reading() as session:
            is_signed = (await reading.see(session, who, consultation)).row.state == "signed"
            now = house.clock.utc()
            sheet = None if is_signed else await signing.sheet_of(session, who, consultation, asked.head, waivers, now)
        # A repetition of what was signed has nothing to print; anything else is refused below.
        file = "" if sheet is None else await press.bind(sheet, now)

        async def verb(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
            again = sheet or await signing.sheet_of(session, who, consultation, asked.head, waivers, now)
            return await signing.sign(session, who, consultation, again, file)

        return await changed(who, request, "sign_consultation", asked, verb)

    async def draft(request: web.Request) -> tuple[Draft, dict[str, str]]:
        who = await desk.who(request)
        async with house.database.reading() as session:
            number = number_in(request, "number")
            found = await reading.readable(session, who, request.match_info["consultation"], number)
        return found, {hdrs.CACHE_CONTROL: KEPT, hdrs.ETAG: f'"{found.file_hash}"'}

    async def draft_page(request: web.Request) -> web.StreamResponse:
        found, headers = await draft(request)
        page = number_in(request, "page")
        if page > (found.pages or 0):
            raise Refusal("not_found")
        path = there(files.pages(found.file_hash) / f"{page}.webp")
        return FileAnswer(path, headers=headers | {hdrs.CONTENT_TYPE: "image/webp"})

    async def draft_file(request: web.Request) -> web.StreamResponse:
        found, headers = await draft(request)
        return pdf(files.pages(found.file_hash) / CLEAN, f"du-thao-{found.number}.pdf", headers)

    async def signed_file(request: web.Request) -> web.StreamResponse:
        who = await desk.who(request)
        async with house.database.reading() as session:
            seen = await reading.see(session, who, request.match_info["consultation"])
        if not seen.sees_all or seen.row.signed_file is None:
            raise Refusal("not_found")
        return pdf(files.file(seen.row.signed_file), "ban-da-ky.pdf", {hdrs.CACHE_CONTROL: KEPT})

    one = f"{AT}/{{consultation}}"
    return [
        web.get(AT, answering(see_all)),
        web.post(AT, answering(create)),
        web.get(f"{AT}/choices", answering(choices)),
        web.get(one, answering(see)),
        web.post(f"{one}/drafts", answering(add_draft)),
        web.get(f"{one}/drafts/{{number}}/file", answering(draft_file)),
        web.get(f"{one}/drafts/{{number}}/pages/{{page}}", answering(draft_page)),
        web.post(f"{one}/ask", answering(ask)),
        web.post(f"{one}/deadline", answering(move)),
        web.post(f"{one}/withdraw", answering(withdraw)),
        web.post(f"{one}/opinions", answering(give)),
        web.post(f"{one}/opinions/{{opinion}}/reply", answering(reply)),
        web.post(f"{one}/opinions/{{opinion}}/open", answering(open_opinion)),
        web.post(f"{one}/sign", answering(sign)),
        web.get(f"{one}/signed", answering(signed_file)),
    ]


def number_in(request: web.Request, name: str) -> int:
    """A number in the address, from 1. Raises `Refusal`."""
    text = request.match_info[name]
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0):
        raise Refusal("not_found")
    return int(text)


def pdf(path: Path, name: str, headers: dict[str, str]) -> FileAnswer:
    told = {hdrs.CONTENT_TYPE: "application/pdf", hdrs.CONTENT_DISPOSITION: f"attachment; filename={name}"}
    return FileAnswer(there(path), headers=headers | told)
