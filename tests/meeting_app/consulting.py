"""A province that consults its communes, with officers of each and a clock that the test turns."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER, Officer
from meeting_app.consultations import acting, drafting, reading, signing
from meeting_app.consultations.drafting import Plan
from meeting_app.consultations.reading import ConsultationView
from meeting_app.db import Database
from meeting_app.events import CONSULTATIONS, Event, since
from meeting_app.office.sessions import SignedIn
from tests.meeting_app.hall import START

T = TypeVar("T")
FILE, SHEET = "a" * 64, "b" * 64
DEADLINE = START + timedelta(days=5)


@dataclass
class Table:
    """Officers by login: "lead" works in the province, "signer" signs there, "an", "binh" and "chi" in communes."""

    db: Database
    officers: dict[str, SignedIn] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    consultation: str = ""
    now: datetime = START

    async def does(self, verb: Callable[..., Awaitable[T]], login: str, *args: Any) -> T:
        async with self.db.writing() as session:
            return await verb(session, self.officers[login], self.consultation, *args, self.now)

    async def seen(self, login: str = "lead") -> ConsultationView:
        async with self.db.reading() as session:
            return await reading.view(session, self.officers[login], self.consultation, self.now)

    async def log(self) -> list[Event]:
        async with self.db.reading() as session:
            return await since(session, self.consultation, 0, stream=CONSULTATIONS)

    async def signs(self, login: str = "signer", **waivers: str) -> Event:
        """Signs as the service does: the sheet first, then the signature; units in `waivers` go by login."""
        by_unit = {self.units[unit]: reason for unit, reason in waivers.items()}
        who = self.officers[login]
        async with self.db.reading() as session:
            head = reading.head_of(await acting.find(session, self.consultation))
            sheet = await signing.sheet_of(session, who, self.consultation, head, by_unit, self.now)
        async with self.db.writing() as session:
            return await signing.sign(session, who, self.consultation, sheet, SHEET)

    async def opens_all(self) -> None:
        for unit in (await self.seen("signer")).units:
            for opinion in unit.opinions:
                await self.does(signing.open_opinion, "signer", opinion.id)


async def found(db: Database) -> Table:
    table = Table(db)
    async with db.writing() as session:
        top = await organization.add_unit(session, SYSTEM_OFFICER, "Tỉnh Lam Sơn", "province", None, START)
        for login, name, role in (
            ("lead", "", "clerk"),
            ("signer", "", "unit_admin"),
            ("an", "Xã An", "clerk"),
            ("binh", "Xã Bình", "unit_admin"),
            ("chi", "Xã Chi", "clerk"),
        ):
            unit = top
            if name:
                unit = await organization.add_unit(session, SYSTEM_OFFICER, name, "commune", top.id, START)
            table.units[login] = unit.id
            table.officers[login] = await officer(session, login, unit.id, unit.path, role)
    return table


async def officer(session: AsyncSession, login: str, unit: str, path: str, role: str) -> SignedIn:
    person = await organization.add_person(
        session, SYSTEM_OFFICER, f"Vũ Thị {login.title()}", "Chuyên viên", unit, START
    )
    account = await organization.add_account(session, SYSTEM_OFFICER, person.id, login, "hash", role, START)
    return SignedIn(
        session="s",
        seen_at=START,
        account=account.id,
        login=login,
        person=person.id,
        name=person.name,
        unit=unit,
        unit_name="",
        officer=Officer(role, path),
    )


def plan(table: Table, **other: Any) -> Plan:
    asked = tuple((table.units[login], f"{login}@lamson.example") for login in ("an", "binh"))
    plan = Plan(table.units["lead"], "Dự thảo nghị quyết", "", DEADLINE, table.officers["signer"].account, asked)
    return Plan(**{**vars(plan), **other})


async def ask(db: Database) -> Table:
    """A consultation that two communes are asked about; nobody has answered."""
    table = await found(db)
    async with db.writing() as session:
        who = table.officers["lead"]
        event = await drafting.create(session, who, plan(table), START)
        table.consultation = event.meeting
        await drafting.add_draft(session, who, event.meeting, FILE, 1000, START)
        await drafting.converted(session, event.meeting, 1, "pdf", 4, START)
        await drafting.ask_units(session, who, event.meeting, START)
    return table
