"""The tree of units never breaks, and accounts open to their owners only."""

import pytest
from argon2 import PasswordHasher, Type
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER, Officer
from meeting_app.db import Database
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    MeetingError,
    NotAllowed,
    NotFound,
    PasswordShort,
    SignInFailed,
    WrongState,
)
from meeting_app.models import Person
from meeting_app.organization import HASHER
from tests.meeting_app.hall import START
from tests.meeting_app.model import against_a_model

PASSWORD = "mật khẩu đủ dài"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(organization, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@given(steps=st.lists(st.tuples(st.sampled_from(["add", "move"]), st.integers(0, 9), st.integers(-1, 9)), max_size=20))
@against_a_model
async def test_the_tree_is_what_parents_alone_would_say(db: Database, steps: list[tuple[str, int, int]]):
    """Against a model that knows only each unit's parent; -1 is the top. No step makes a cycle."""
    async with db.writing() as session:
        parent: dict[str, str | None] = {}

        def ancestors(unit: str | None) -> list[str]:
            return [] if unit is None else [*ancestors(parent[unit]), unit]

        for what, number, above in steps:
            units = list(parent)
            target = None if above < 0 or not units else units[above % len(units)]
            if what == "add" or not units:
                unit = await organization.add_unit(session, SYSTEM_OFFICER, "Đơn vị", "body", target, START)
                parent[unit.id] = target
                continue
            moved = units[number % len(units)]
            if moved in ancestors(target):
                with pytest.raises(BadInput):
                    await organization.move_unit(session, SYSTEM_OFFICER, moved, target)
            else:
                await organization.move_unit(session, SYSTEM_OFFICER, moved, target)
                parent[moved] = target
        for unit in parent:
            row = await organization.find_unit(session, unit)
            assert row.parent_id == parent[unit]
            assert row.path == "/" + "".join(f"{step}/" for step in ancestors(unit))
            below = {each.id for each in await organization.units_within(session, row.path)}
            assert below == {each for each in parent if unit in ancestors(each)}
        await session.rollback()


async def test_the_districts_of_2025_are_closed_after_their_communes_moved(db: Database):
    async with db.writing() as session:

        async def unit(name: str, level: str, parent: str | None) -> str:
            return (await organization.add_unit(session, SYSTEM_OFFICER, name, level, parent, START)).id

        province = await unit("Tỉnh", "province", None)
        district = await unit("Huyện", "district", province)
        commune = await unit("Xã", "commune", district)
        with pytest.raises(WrongState, match="units below"):
            await organization.close_unit(session, SYSTEM_OFFICER, district, START)
        await organization.move_unit(session, SYSTEM_OFFICER, commune, province)
        await organization.close_unit(session, SYSTEM_OFFICER, district, START)
        with pytest.raises(AlreadySo):
            await organization.close_unit(session, SYSTEM_OFFICER, district, START)
        for verb, *args in ((organization.move_unit, commune, district),):
            with pytest.raises(WrongState):
                await verb(session, SYSTEM_OFFICER, *args)
        with pytest.raises(WrongState):
            await organization.add_unit(session, SYSTEM_OFFICER, "Xã mới", "commune", district, START)
        kept = await organization.find_unit(session, district)
        assert kept.closed_at == START


async def test_an_officer_moves_units_only_within_their_own(db: Database):
    async with db.writing() as session:

        async def unit(name: str, parent: str | None) -> organization.Unit:
            return await organization.add_unit(session, SYSTEM_OFFICER, name, "body", parent, START)

        top = await unit("Tỉnh", None)
        mine, other = await unit("Ban A", top.id), await unit("Ban B", top.id)
        first, second = await unit("Phòng 1", mine.id), await unit("Phòng 2", mine.id)
        officer = Officer("unit_admin", mine.path)
        await organization.move_unit(session, officer, first.id, second.id)
        for target in (other.id, None):
            with pytest.raises(NotAllowed):
                await organization.move_unit(session, officer, second.id, target)
        with pytest.raises(NotAllowed):
            await organization.close_unit(session, officer, other.id, START)


async def test_an_officer_with_two_roles_has_each_where_it_was_given(db: Database):
    async with db.writing() as session:

        async def unit(name: str, parent: str | None) -> organization.Unit:
            return await organization.add_unit(session, SYSTEM_OFFICER, name, "commune", parent, START)

        top = await unit("Tỉnh", None)
        north, south, west = [await unit(f"Xã {name}", top.id) for name in ("Bắc", "Nam", "Tây")]
        officer = Officer("clerk", north.path, (("unit_admin", south.path),))
        assert officer.reach("create_meeting") == (north.path, south.path)
        assert officer.reach("change_units") == (south.path,)
        below = await organization.units_within(session, *officer.reach("see_meeting"))
        assert {one.name for one in below} == {"Xã Bắc", "Xã Nam"}
        await organization.add_unit(session, officer, "Thôn 1", "hamlet", south.id, START)
        for elsewhere in (north, west):
            with pytest.raises(NotAllowed):
                await organization.add_unit(session, officer, "Thôn 1", "hamlet", elsewhere.id, START)
        assert {"create_meeting", "change_units"} <= set(officer.actions)


async def test_unknown_levels_units_and_people_are_refused(db: Database):
    async with db.writing() as session:
        with pytest.raises(BadInput):
            await organization.add_unit(session, SYSTEM_OFFICER, "Tổng", "galaxy", None, START)
        with pytest.raises(NotFound):
            await organization.add_person(session, SYSTEM_OFFICER, "Vũ Văn Tám", "", "none", START)
        with pytest.raises(NotFound):
            await organization.add_account(session, SYSTEM_OFFICER, "none", "tam", "hash", "clerk", START)


async def employed(db: Database) -> Person:
    async with db.writing() as session:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, "Văn phòng", "body", None, START)
        return await organization.add_person(session, SYSTEM_OFFICER, "Vũ Văn Tám", "Văn thư", unit.id, START)


async def test_who_signs_in_is_known_by_login_and_password(db: Database):
    person = await employed(db)
    async with db.writing() as session:
        account = await organization.add_account(
            session, SYSTEM_OFFICER, person.id, " Tam.VV ", await organization.hashed(PASSWORD), "clerk", START
        )
        assert account.password_hash.startswith("$argon2id$")
    async with db.reading() as session:
        claimed = await organization.claim(session, "TAM.vv")
        assert await organization.prove(claimed, PASSWORD) == account.id
        refusals = []
        for login, password in (("tam.vv", "sai mật khẩu"), ("khong.co", PASSWORD)):
            with pytest.raises(SignInFailed) as caught:
                await organization.prove(await organization.claim(session, login), password)
            refusals.append(str(caught.value))
    assert refusals[0] == refusals[1]


async def test_a_closed_account_does_not_sign_in(db: Database):
    person = await employed(db)
    async with db.writing() as session:
        account = await organization.add_account(
            session, SYSTEM_OFFICER, person.id, "tam", await organization.hashed(PASSWORD), "clerk", START
        )
        account.closed_at = START
    async with db.reading() as session:
        with pytest.raises(SignInFailed):
            await organization.prove(await organization.claim(session, "tam"), PASSWORD)


async def test_logins_are_one_each_passwords_long_and_roles_known(db: Database):
    person = await employed(db)
    async with db.writing() as session:
        await organization.add_account(session, SYSTEM_OFFICER, person.id, "tam", "hash", "clerk", START)
        for login, role, error in (
            ("TAM", "clerk", AlreadySo),
            ("tam2", "chair", BadInput),
        ):
            with pytest.raises(error):
                await organization.add_account(session, SYSTEM_OFFICER, person.id, login, "hash", role, START)
    with pytest.raises(PasswordShort):
        await organization.hashed("ngắn")


async def test_only_who_reaches_everything_makes_somebody_who_does(db: Database):
    person = await employed(db)
    async with db.writing() as session:
        unit = await organization.find_unit(session, person.unit_id)
        with pytest.raises(MeetingError) as caught:
            await organization.add_account(
                session,
                Officer("unit_admin", unit.path),
                person.id,
                "tam",
                "hash",
                "system_admin",
                START,
            )
        assert caught.value.code == "out_of_reach"


def test_passwords_are_hashed_as_rfc_9106_recommends():
    """Its second choice: argon2id, 64 MiB, three passes, four lanes."""
    hasher = HASHER
    assert (hasher.type, hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (Type.ID, 65536, 3, 4)
