"""The organisation: a tree of units of any depth, its people, and the accounts of who prepares meetings."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import ColumnElement, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    LoginTaken,
    NotFound,
    Outdated,
    OutOfReach,
    PasswordShort,
    SignInFailed,
    UnitClosed,
    UnitsBelow,
)
from meeting_app.ids import new_id
from meeting_app.models import LEVELS, Account, Person, Unit
from meeting_app.names import order_key, search_key
from meeting_app.permissions import OFFICER_ROLES, may
from meeting_app.text import NAME_MAX, TITLE_MAX, UNIT_MAX, clean

PASSWORD_MIN = 12  # NIST SP 800-63B-4 asks for length, not for kinds of characters

HASHER = PasswordHasher()  # argon2id, RFC 9106's second recommendation
# The hash of something that was forgotten at once: refusing a login that does not exist takes as long as refusing
# a password.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$dDe+6+s16nmsA+9qcbGkCQ$8g6XPdrfKKhvRAYajXPa/WWOyE+gi6jMfpgKnW8krhI"

# A hash takes 64 MiB and a core for a while; however many sign in at once, no more are made together.
_HASHING = ThreadPoolExecutor(2, "passwords")


async def add_unit(
    session: AsyncSession, officer: Officer, name: str, level: str, parent: str | None, now: datetime
) -> Unit:
    """A unit below `parent`, or at the top of a tree. Raises `NotFound`, `NotAllowed`, `UnitClosed`."""
    if level not in LEVELS:
        raise BadInput(f"{level} is not a level of the organisation", "level")
    above = None if parent is None else await find_unit(session, parent)
    officer.check("change_units", above.path if above else "/")
    if above is not None and above.closed_at is not None:
        raise UnitClosed("the unit above is closed", "parent")
    unit_id = new_id(now)
    unit = Unit(
        id=unit_id,
        parent_id=parent,
        parent_path=above.path if above else None,
        path=f"{above.path if above else '/'}{unit_id}/",
        level=level,
        name=clean(name, "name", UNIT_MAX),
        opened_at=now,
    )
    session.add(unit)
    await session.flush()
    return unit


async def rename_unit(session: AsyncSession, officer: Officer, unit: str, name: str, revision: int) -> Unit:
    """Raises `NotFound`, `NotAllowed`, `BadInput`, and `Outdated` when `revision` is not the one it has."""
    renamed = await session.get(Unit, unit, with_for_update=True, populate_existing=True)
    if renamed is None:
        raise NotFound("no such unit", "unit")
    officer.check("change_units", renamed.path)
    if renamed.revision != revision:
        raise Outdated("somebody else changed the unit meanwhile", "revision")
    renamed.name = clean(name, "name", UNIT_MAX)
    renamed.revision += 1
    return renamed


async def move_unit(session: AsyncSession, officer: Officer, unit: str, parent: str | None) -> None:
    """Put a unit, with all below it, under another, as in 2025 when communes came directly under provinces.

    Raises `NotFound`, `NotAllowed`, `UnitClosed`, and `BadInput` for a parent at or below the unit itself.
    """
    moved = await find_unit(session, unit)
    above = None if parent is None else await find_unit(session, parent)
    for path in (moved.path, above.path if above else "/"):
        officer.check("change_units", path)
    if above is not None and above.path.startswith(moved.path):
        raise BadInput("a unit cannot come under itself", "parent")
    if above is not None and above.closed_at is not None:
        raise UnitClosed("the unit above is closed", "parent")
    old, new = moved.path, f"{above.path if above else '/'}{moved.id}/"
    is_moved = Unit.id == moved.id
    # One statement: between two, the tree would not hold together.
    await session.execute(
        update(Unit)
        .where(Unit.path.startswith(old, autoescape=True))
        .values(
            path=literal(new) + func.substr(Unit.path, len(old) + 1),
            parent_path=case(
                (is_moved, literal(above.path if above else None)),
                else_=literal(new) + func.substr(Unit.parent_path, len(old) + 1),
            ),
            parent_id=case((is_moved, literal(parent)), else_=Unit.parent_id),
        )
        .execution_options(synchronize_session=False)
    )
    # What this session knows of the moved units is renewed.
    moved_units = select(Unit).where(Unit.path.startswith(new, autoescape=True))
    await session.execute(moved_units.execution_options(populate_existing=True))


async def close_unit(session: AsyncSession, officer: Officer, unit: str, now: datetime) -> None:
    """A closed unit holds no new meetings. Raises `AlreadySo`, `UnitsBelow` while units below are open."""
    closed = await find_unit(session, unit)
    officer.check("change_units", closed.path)
    if closed.closed_at is not None:
        raise AlreadySo("the unit is closed already", "unit")
    below = await session.scalar(select(Unit.id).where(Unit.parent_id == closed.id, Unit.closed_at.is_(None)).limit(1))
    if below is not None:
        raise UnitsBelow("units below are open", "unit")
    closed.closed_at = now


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    """That a unit is at or below one of the paths."""
    return or_(*(Unit.path.startswith(path, autoescape=True) for path in paths))


async def units_within(session: AsyncSession, *paths: str) -> list[Unit]:
    """All units at or below those paths, each after the one it belongs to."""
    return list(await session.scalars(select(Unit).where(within(paths)).order_by(Unit.path)))


async def add_person(
    session: AsyncSession, officer: Officer, name: str, title: str, unit: str, now: datetime
) -> Person:
    """Raises `NotFound`, `NotAllowed`, `BadInput`."""
    [person] = await add_people(session, officer, [(name, title, unit)], now)
    return person


async def add_people(
    session: AsyncSession, officer: Officer, people: Sequence[tuple[str, str, str]], now: datetime
) -> list[Person]:
    """The same for several, each with name, title and unit: all or none."""
    homes = {unit: await find_unit(session, unit) for unit in {unit for _, _, unit in people}}
    for home in homes.values():
        officer.check("change_people", home.path)
    added = []
    for name, title, unit in people:
        name = clean(name, "name", NAME_MAX)
        title = clean(title, "title", TITLE_MAX, may_be_empty=True)
        person = Person(
            id=new_id(now),
            name=name,
            title=title,
            unit_id=unit,
            search_key=search_key(name, title),
            order_key=order_key(name),
            added_at=now,
        )
        added.append(person)
    session.add_all(added)
    await session.flush()
    return added


async def change_person(
    session: AsyncSession, officer: Officer, person: str, name: str, title: str, unit: str, revision: int
) -> Person:
    """Write a person anew; `unit` may be another one. Meetings they are invited to keep what they were.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `UnitClosed`, and `Outdated` when `revision` is not the one they have.
    """
    changed = await session.get(Person, person, with_for_update=True, populate_existing=True)
    if changed is None:
        raise NotFound("no such person", "person")
    before, home = await find_unit(session, changed.unit_id), await find_unit(session, unit)
    for path in (before.path, home.path):
        officer.check("change_people", path)
    if changed.revision != revision:
        raise Outdated("somebody else changed the person meanwhile", "revision")
    if home.closed_at is not None and home.id != before.id:
        raise UnitClosed("the unit is closed", "unit")
    if home.id != before.id and await session.scalar(
        select(Account.id).where(Account.person_id == changed.id, Account.closed_at.is_(None)).limit(1)
    ):
        # With the person their account would come to reach another part of the organisation.
        officer.check("change_accounts", home.path)
    changed.name = clean(name, "name", NAME_MAX)
    changed.title = clean(title, "title", TITLE_MAX, may_be_empty=True)
    changed.unit_id = home.id
    changed.search_key, changed.order_key = search_key(changed.name, changed.title), order_key(changed.name)
    changed.revision += 1
    await session.flush()
    return changed


def roles_to_give(officer: Officer) -> tuple[str, ...]:
    """Of accounts that the officer makes: whoever reaches everything is made only by somebody who does."""
    everywhere = any(may(role, "change_accounts", own=False) for role, _ in officer.roles)
    return tuple(role for role in OFFICER_ROLES if everywhere or role != "system_admin")


async def unit_named(session: AsyncSession, name_or_id: str) -> Unit | None:
    """The open unit that an operator means; None when there is none. Raises `BadInput` where several have the name."""
    rows = await session.scalars(
        select(Unit).where((Unit.name == name_or_id) | (Unit.id == name_or_id), Unit.closed_at.is_(None))
    )
    found = rows.all()
    if len(found) > 1:
        ids = ", ".join(unit.id for unit in found)
        raise BadInput(f"several units are called {name_or_id}; say which by its id: {ids}", "unit")
    return found[0] if found else None


async def add_account(
    session: AsyncSession, officer: Officer, person: str, login: str, password_hash: str, role: str, now: datetime
) -> Account:
    """A way to sign in; `password_hash` was `hashed` before.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `LoginTaken`.
    """
    owner = await session.get(Person, person)
    if owner is None:
        raise NotFound("no such person", "person")
    home = await find_unit(session, owner.unit_id)
    officer.check("change_accounts", home.path)
    if role not in OFFICER_ROLES:
        raise BadInput(f"{role} is not a role of an account", "role")
    if role not in roles_to_give(officer):
        raise OutOfReach(f"{officer.role} makes no {role}", "role")
    login = clean(login, "login", NAME_MAX).lower()
    if await session.scalar(select(Account.id).where(Account.login == login)) is not None:
        raise LoginTaken("this login is in use", "login")
    account = Account(
        id=new_id(now),
        person_id=owner.id,
        login=login,
        password_hash=password_hash,
        role=role,
        added_at=now,
    )
    session.add(account)
    await session.flush()
    return account


@dataclass(frozen=True)
class Claim:
    """Somebody says they are the owner of a login."""

    account: str | None  # None: no open account has it
    password_hash: str  # what the password is held against


async def claim(session: AsyncSession, login: str) -> Claim:
    """What is known of a login; read first, so that no connection and no writer waits for the hash."""
    account = await session.scalar(
        select(Account).where(Account.login == login.strip().lower(), Account.closed_at.is_(None))
    )
    return Claim(account.id, account.password_hash) if account else Claim(None, _NOBODY)


async def prove(claimed: Claim, password: str) -> str:
    """The account. Raises `SignInFailed`, which does not say whether the login exists."""
    if not await is_right(claimed.password_hash, password) or claimed.account is None:
        raise SignInFailed("no account with this login and password", "login")
    return claimed.account


async def confirm(session: AsyncSession, proven: Claim) -> None:
    """Raises `SignInFailed` when the account was closed or got another password since the claim was read."""
    account = await session.get(Account, proven.account)
    if account is None or account.closed_at is not None or account.password_hash != proven.password_hash:
        raise SignInFailed("the account was changed meanwhile", "login")


async def hashed(password: str) -> str:
    """What is kept of a new password; made before a session is opened. Raises `PasswordShort`."""
    if len(password) < PASSWORD_MIN:
        raise PasswordShort(f"a password has at least {PASSWORD_MIN} characters", "password")
    return await asyncio.get_running_loop().run_in_executor(_HASHING, HASHER.hash, password)


async def is_right(password_hash: str, password: str) -> bool:
    """Whether the hash is of this password."""
    try:
        return await asyncio.get_running_loop().run_in_executor(_HASHING, HASHER.verify, password_hash, password)
    except VerifyMismatchError:
        return False


async def find_unit(session: AsyncSession, unit: str) -> Unit:
    """Raises `NotFound`."""
    found = await session.get(Unit, unit)
    if found is None:
        raise NotFound("no such unit", "unit")
    return found
