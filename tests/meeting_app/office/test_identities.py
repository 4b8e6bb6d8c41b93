"""An identity opens one account, and keeps it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER
from meeting_app.db import Database
from meeting_app.errors import IdentityUnknown
from meeting_app.office import identities
from tests.meeting_app.hall import START

ISSUER = "https://sso.lamson.example"


async def test_the_first_subject_of_an_address_keeps_the_account(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(organization, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    async with db.writing() as session:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, "Văn phòng", "body", None, START)
        person = await organization.add_person(session, SYSTEM_OFFICER, "Vũ Văn Tám", "", unit.id, START)
        account = await organization.add_account(
            session, SYSTEM_OFFICER, person.id, "tam@lamson.example", "một câu dài dễ nhớ", "clerk", START
        )

        async def opened(subject: str, email: str | None) -> str:
            return await identities.account_of(session, ISSUER, subject, email, START)

        with pytest.raises(IdentityUnknown):
            await opened("s1", None)  # not verified, not known
        assert await opened("s1", "tam@lamson.example") == account.id
        assert await opened("s1", "renamed@lamson.example") == account.id
        with pytest.raises(IdentityUnknown):
            await opened("s2", "tam@lamson.example")  # the address was given to somebody else
        account.closed_at = START
        with pytest.raises(IdentityUnknown):
            await opened("s1", "tam@lamson.example")
