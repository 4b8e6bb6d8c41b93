"""Whom a paper is for: checked when it is added, and changed afterwards."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.documents.reading import find_document, readers_among, readers_in, shown, view_of
from meeting_app.documents.rules import NAMED, READERS
from meeting_app.errors import AlreadySo, BadInput, Outdated, Recalled
from meeting_app.events import Event, append, canonical
from meeting_app.models import AUDIENCES, Meeting
from meeting_app.permissions import UNCOUNTED
from meeting_app.views import ReadersView, as_data


async def check_audience(session: AsyncSession, meeting: Meeting, audience: str, named: ReadersView | None) -> None:
    """Raises `BadInput` unless whom the paper is for takes part in the meeting."""
    if audience not in AUDIENCES:
        raise BadInput(f"nobody is {audience}", "audience")
    if (audience == NAMED) != (named is not None):
        raise BadInput("readers belong to the audience named", "readers")
    if named is None:
        return
    if not (named.participants or named.units or named.roles):
        raise BadInput("nobody is named", "readers")
    people = [one for one in (await readers_among(session, meeting.id)).values() if one.role not in UNCOUNTED]
    ids, units = {one.participant for one in people}, {one.unit for one in people}
    if not set(named.participants) <= ids or not set(named.units) <= units:
        raise BadInput("somebody named does not take part in the meeting", "readers")
    if not set(named.roles) <= READERS["everybody"] - UNCOUNTED:
        raise BadInput("nobody has such a role", "readers")


def kept(named: ReadersView | None) -> str | None:
    """As a column of a row keeps it."""
    return None if named is None else canonical(asdict(named))


async def change_readers(
    session: AsyncSession,
    actor: Actor,
    document: str,
    revision: int,
    audience: str,
    named: ReadersView | None,
    now: datetime,
) -> Event:
    """The paper is for these from now on, and for nobody else who could read it before; event `readers_changed`.

    What somebody wrote or drew beside it stays, and is theirs again with the paper. Raises `NotFound`, `BadInput`,
    `Recalled`, `Outdated` when `revision` is not the present one, and `AlreadySo`.
    """
    meeting = await begin(session, actor, "change_readers")
    row = await find_document(session, meeting, document)
    if row.recalled_at is not None:
        raise Recalled("the paper was recalled", "document")
    if row.revision != revision:
        raise Outdated(f"who may read it is at revision {row.revision}", "revision")
    await check_audience(session, meeting, audience, named)
    if (row.audience, readers_in(row.readers)) == (audience, named):
        raise AlreadySo("it is for these already", "readers")
    before = row.audience
    row.audience, row.readers, row.revision = audience, kept(named), row.revision + 1
    await session.flush()
    page = await shown(session, meeting.id)
    data = {
        "document": as_data(await view_of(session, row)),
        "before": before,
        "shown": as_data(page) if page is not None and page.document == row.id else None,
    }
    return await append(session, meeting, actor.participant, "readers_changed", data, now)
