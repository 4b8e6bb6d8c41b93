"""A province with officers, and browsers that sign in as them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from meeting_app import meetings, organization
from meeting_app.acting import SYSTEM_OFFICER
from signaling.database import open_database
from signaling.settings import Settings
from tests import tables
from tests.signaling.conftest import NOW, Person, Service
from tests.signaling.worker import FakeWorker

PASSWORD = "một câu dài dễ nhớ"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Offices:
    """Ids by name. "admin" reaches everything, "head" and "clerk" what is at and below commune A."""

    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    meetings: dict[str, str] = field(default_factory=dict)


async def found(settings: Settings) -> Offices:
    offices = Offices()
    await tables.lay_out_for(settings)
    database = await open_database(settings)
    password_hash = await organization.hashed(PASSWORD)
    try:
        async with database.writing() as session:
            above = None
            for name, level in (("Tỉnh Lam Sơn", "province"), ("Xã A", "commune"), ("Xã B", "commune")):
                unit = await organization.add_unit(session, SYSTEM_OFFICER, name, level, above, NOW)
                offices.units[name] = unit.id
                above = above or unit.id
            for login, name, unit, role in (
                ("admin", "Phạm Thu Hà", "Tỉnh Lam Sơn", "system_admin"),
                ("head", "Lò Văn Ân", "Xã A", "unit_admin"),
                ("clerk", "Vi Thị An", "Xã A", "clerk"),
                ("other", "Đỗ Minh Đức", "Xã B", "clerk"),
            ):
                person = await organization.add_person(
                    session, SYSTEM_OFFICER, name, "Chuyên viên", offices.units[unit], NOW
                )
                account = await organization.add_account(
                    session, SYSTEM_OFFICER, person.id, login, password_hash, role, NOW
                )
                offices.people[login], offices.accounts[login] = person.id, account.id
            for unit in ("Xã A", "Xã B"):
                made = await meetings.create(session, SYSTEM_OFFICER, f"Họp {unit}", offices.units[unit], NOW, NOW)
                offices.meetings[unit] = made.meeting
    finally:
        await database.close()
    return offices


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organization, "HASHER", CHEAP)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Offices]:
    folder = tmp_path_factory.mktemp("founded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organization, "HASHER", CHEAP)
        return folder, asyncio.run(found(Settings(data=folder)))


@pytest.fixture
def offices(settings: Settings, founded: tuple[Path, Offices]) -> Offices:
    folder, offices = founded
    shutil.copytree(folder, settings.data, dirs_exist_ok=True)
    return offices


@pytest.fixture
async def house(settings: Settings, offices: Offices, worker: FakeWorker) -> AsyncIterator[Service]:
    service = Service(settings)
    await service.start()
    yield service
    await service.stop()


SignIn = Callable[..., Awaitable["Officer"]]


class Officer(Person):
    """A browser of the office."""

    async def asks(self, path: str, **body: Any) -> dict[str, Any]:
        """GET without a body, POST with one; fails unless it is answered."""
        status, answer = await (self.post(f"/api/office/{path}", body) if body else self.get(f"/api/office/{path}"))
        assert status == 200, answer
        return answer

    async def is_refused(self, path: str, **body: Any) -> tuple[int, str]:
        """Status and code of the refusal."""
        status, answer = await (self.post(f"/api/office/{path}", body) if body else self.get(f"/api/office/{path}"))
        assert status >= 400, answer
        return status, answer["code"]


@pytest.fixture
async def sign_in(house: Service) -> AsyncIterator[SignIn]:
    browsers: list[Officer] = []

    async def sign_in(login: str = "") -> Officer:
        browser = Officer(house, login)
        browsers.append(browser)
        if login:
            await browser.asks("sign-in", login=login, password=PASSWORD)
        return browser

    yield sign_in
    for browser in browsers:
        await browser.close()
