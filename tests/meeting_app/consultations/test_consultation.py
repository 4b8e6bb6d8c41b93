"""A draft, the units it goes to, their opinions, and the gate before the signature."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meeting_app import audit
from meeting_app.consultations import drafting, opinions, reading, signing
from meeting_app.consultations.gate import Asked, Said, gate_of
from meeting_app.db import Database
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    ConsultationOver,
    DeadlineEarlier,
    DeadlinePast,
    DraftNotReady,
    NotAllowed,
    NotFound,
    NotOfUnit,
    NotOverdue,
    NotSigner,
    OpinionsFull,
    OpinionsUnanswered,
    OpinionsUnopened,
    Outdated,
    ReasonMissing,
    SightOutdated,
    UnitsSilent,
    WrongState,
)
from meeting_app.models import ConsultationEntry, Opinion
from meeting_app.permissions import OFFICER_ROLES, may
from tests.meeting_app.consulting import DEADLINE, FILE, Table, ask, found, officer, plan
from tests.meeting_app.hall import START

DAY = timedelta(days=1)


async def opinion_of(table: Table, login: str) -> str:
    unit = next(unit for unit in (await table.seen()).units if unit.id == table.units[login])
    return unit.opinions[-1].id


async def test_from_the_draft_to_the_signature(table: Table) -> None:
    an, binh = table.units["an"], table.units["binh"]
    await table.does(opinions.give, "an", an, "agree", "")
    await table.does(opinions.give, "binh", binh, "disagree", "Điều 3 trùng Điều 7")
    seen = await table.seen()
    assert (seen.gate.silent, seen.gate.unanswered, seen.gate.unopened) == ((), (binh,), (an, binh))
    await table.does(opinions.reply, "lead", await opinion_of(table, "binh"), "partly", "Gộp vào Điều 3", 0)
    with pytest.raises(OpinionsUnopened) as caught:
        await table.signs()
    assert caught.value.units == ("Xã An", "Xã Bình")
    await table.opens_all()
    assert (await table.seen()).gate.is_open
    signed = await table.signs()
    assert (signed.name, signed.data["draft_sha256"], signed.actor) == (
        "consultation_signed",
        FILE,
        table.officers["signer"].account,
    )
    assert signed.data["opinions"] == [one.signature for unit in seen.units for one in unit.opinions]
    assert ((await table.seen()).state, (await table.seen()).gate) == ("signed", None)
    assert [event.name for event in await table.log()] == [
        "consultation_created",
        "draft_added",
        "draft_converted",
        "units_asked",
        "opinion_given",
        "opinion_given",
        "opinion_replied",
        "opinion_opened",
        "opinion_opened",
        "consultation_signed",
    ]
    with pytest.raises(ConsultationOver):
        await table.does(opinions.give, "an", an, "disagree", "Muộn rồi")
    with pytest.raises(ConsultationOver):
        await table.signs()


async def test_a_silent_unit_shuts_the_gate_until_it_is_overdue_and_somebody_writes_why(table: Table) -> None:
    await table.does(opinions.give, "an", table.units["an"], "agree", "")
    await table.opens_all()
    with pytest.raises(UnitsSilent) as caught:
        await table.signs()
    assert caught.value.units == ("Xã Bình",)
    with pytest.raises(NotOverdue):
        await table.signs(binh="Đã gọi điện")
    table.now = DEADLINE + DAY
    assert (await table.seen()).gate.may_waive
    for waivers, error in (({}, UnitsSilent), ({"binh": "  "}, BadInput), ({"binh": "Gọi", "an": "Gọi"}, AlreadySo)):
        with pytest.raises(error):
            await table.signs(**waivers)
    signed = await table.signs(binh=" Đã nhắc ba lần ")
    assert signed.data["waivers"] == {table.units["binh"]: "Đã nhắc ba lần"}
    assert [unit.waiver for unit in (await table.seen()).units] == [None, "Đã nhắc ba lần"]


async def test_an_opinion_that_comes_late_is_heard_and_marked(table: Table) -> None:
    table.now = DEADLINE + DAY
    await table.does(opinions.give, "binh", table.units["binh"], "other", "Lùi sang quý sau")
    assert [one.is_late for unit in (await table.seen()).units for one in unit.opinions] == [True]
    with pytest.raises(AlreadySo):
        await table.signs(an="Nghỉ", binh="Nghỉ")
    await table.does(drafting.move_deadline, "lead", DEADLINE + 2 * DAY)
    assert (await table.seen()).units[1].opinions[0].is_late


async def test_a_later_answer_counts_and_the_earlier_is_read_where_it_was_replied_to(table: Table) -> None:
    an = table.units["an"]
    await table.does(opinions.give, "an", an, "disagree", "Chưa rõ kinh phí")
    await table.does(opinions.reply, "lead", await opinion_of(table, "an"), "partly", "Nêu ở kế hoạch", 0)
    await table.does(opinions.give, "an", an, "other", "Lùi sang quý sau")
    await table.does(opinions.give, "an", an, "agree", "")
    gate = (await table.seen()).gate
    assert (gate.unanswered, gate.unopened) == ((), (an,))
    first, _, second = (await table.seen()).units[0].opinions
    await table.does(signing.open_opinion, "signer", second.id)
    assert (await table.seen()).gate.unopened == (an,)
    await table.does(signing.open_opinion, "signer", first.id)
    assert await table.does(signing.open_opinion, "signer", first.id) is None
    assert (await table.seen()).gate.unopened == ()


async def test_a_unit_answers_so_often_and_no_more(table: Table) -> None:
    an = table.units["an"]
    for _ in range(opinions.MOST_OPINIONS):
        await table.does(opinions.give, "an", an, "agree", "")
    with pytest.raises(OpinionsFull):
        await table.does(opinions.give, "an", an, "agree", "")
    await table.does(opinions.give, "binh", table.units["binh"], "agree", "")


async def test_what_happens_after_the_sheet_was_made_voids_it(table: Table) -> None:
    table.now = DEADLINE + DAY
    both = {table.units["an"]: "Đã nhắc", table.units["binh"]: "Đã nhắc"}
    who = table.officers["signer"]
    head = (await table.seen("signer")).head
    async with table.db.reading() as session:
        sheet = await signing.sheet_of(session, who, table.consultation, head, both, table.now)
    await table.does(opinions.give, "an", table.units["an"], "disagree", "Khoan đã")
    with pytest.raises(Outdated):
        async with table.db.writing() as session:
            await signing.sign(session, who, table.consultation, sheet, "b" * 64)
    assert (await table.seen()).state == "open"


async def test_a_draft_that_the_signer_never_saw_is_not_signed(table: Table) -> None:
    for unit in ("an", "binh"):
        await table.does(opinions.give, unit, table.units[unit], "agree", "")
    await table.opens_all()
    shown = (await table.seen("signer")).head
    await table.does(drafting.add_draft, "lead", "c" * 64, 10)
    async with table.db.writing() as session:
        await drafting.converted(session, table.consultation, 2, "pdf", 3, START)
    async with table.db.reading() as session:
        with pytest.raises(SightOutdated):
            await signing.sheet_of(session, table.officers["signer"], table.consultation, shown, {}, table.now)


async def test_only_the_unit_itself_speaks_and_only_the_signer_signs(table: Table) -> None:
    an = table.units["an"]
    for login in ("lead", "signer", "binh", "chi"):
        with pytest.raises(NotOfUnit):
            await table.does(opinions.give, login, an, "agree", "")
    with pytest.raises(NotFound):
        await table.does(opinions.give, "chi", table.units["chi"], "agree", "")
    await table.does(opinions.give, "an", an, "agree", "")
    opinion = await opinion_of(table, "an")
    for login in ("lead", "an"):
        with pytest.raises(NotSigner):
            await table.does(signing.open_opinion, login, opinion)
        with pytest.raises(NotSigner):
            await table.signs(login)
    for verb, *args in (
        (opinions.reply, opinion, "accepted", "", 0),
        (drafting.withdraw, "Thôi"),
        (drafting.move_deadline, DEADLINE + DAY),
    ):
        with pytest.raises(NotAllowed):
            await table.does(verb, "an", *args)


async def test_a_unit_sees_its_own_row_and_others_see_nothing(table: Table) -> None:
    await table.does(opinions.give, "binh", table.units["binh"], "disagree", "Chỉ tỉnh đọc")
    seen = await table.seen("an")
    assert ([unit.name for unit in seen.units], seen.answers_for) == (["Xã An"], table.units["an"])
    assert (seen.gate, seen.head, seen.units[0].email) == (None, "", "")
    with pytest.raises(NotAllowed):
        await table.seen("chi")
    async with table.db.reading() as session:
        lists = {
            login: await reading.listed(session, table.officers[login])
            for login in ("lead", "signer", "an", "binh", "chi")
        }
    assert [line.owes for line in lists["an"]] == [True]
    assert [line.owes for line in lists["binh"]] == [False]
    assert [(line.asked, line.answered, line.signs) for line in lists["signer"]] == [(2, 1, True)]
    assert lists["chi"] == []


@pytest.mark.parametrize("role", OFFICER_ROLES)
async def test_every_verb_obeys_the_table(db: Database, role: str) -> None:
    """Each role, within the leading unit's reach and in another branch."""
    table = await ask(db)
    await table.does(opinions.give, "an", table.units["an"], "agree", "")
    opinion = await opinion_of(table, "an")
    async with db.writing() as session:
        for place, path in (("lead", "/"), ("chi", f"{table.officers['chi'].officer.unit_path}")):
            login = f"try-{place}"
            table.officers[login] = await officer(session, login, table.units[place], path, role)
    tries = {
        "create_consultation": lambda s, who: drafting.create(s, who, plan(table), START),
        "change_consultation": lambda s, who: opinions.reply(
            s, who, table.consultation, opinion, "accepted", "", 0, START
        ),
        "see_consultation": lambda s, who: reading.view(s, who, table.consultation, START),
        "give_opinion": lambda s, who: opinions.give(s, who, table.consultation, table.units["an"], "agree", "", START),
        "sign_consultation": lambda s, who: signing.open_opinion(s, who, table.consultation, opinion, START),
    }
    for (action, attempt), place in itertools.product(tries.items(), ("lead", "chi")):
        is_own = place == "lead" and action not in ("give_opinion", "sign_consultation")
        async with db.writing() as session, session.begin_nested() as step:
            try:
                await attempt(session, table.officers[f"try-{place}"])
                done = True
            except NotAllowed:
                done = False
            assert done == may(role, action, own=is_own), (action, place)
            await step.rollback()


async def test_nothing_is_asked_without_a_draft_that_can_be_read(db: Database) -> None:
    table = await found(db)
    async with db.writing() as session:
        made = await drafting.create(session, table.officers["lead"], plan(table), START)
        table.consultation = made.meeting
    assert (await table.seen("signer")).state == "draft"
    with pytest.raises(NotAllowed):
        await table.seen("an")
    with pytest.raises(DraftNotReady):
        await table.does(drafting.ask_units, "lead")
    await table.does(drafting.add_draft, "lead", FILE, 10)
    with pytest.raises(DraftNotReady):
        await table.does(drafting.ask_units, "lead")
    async with db.writing() as session:
        assert await drafting.converting(session) == (table.consultation, 1, FILE)
        await drafting.failed(session, table.consultation, 1, "corrupt", START)
        assert await drafting.converting(session) is None
        assert await drafting.converted(session, table.consultation, 1, "pdf", 3, START) is None
    with pytest.raises(WrongState):
        await table.does(opinions.give, "an", table.units["an"], "agree", "")


async def test_a_new_version_does_not_silence_who_answered(table: Table) -> None:
    await table.does(opinions.give, "an", table.units["an"], "agree", "")
    await table.does(drafting.add_draft, "lead", "c" * 64, 10)
    # While it is converted the units go on with the one they have; nobody signs.
    await table.does(opinions.give, "binh", table.units["binh"], "agree", "")
    await table.opens_all()
    with pytest.raises(DraftNotReady):
        await table.signs()
    async with table.db.writing() as session:
        await drafting.converted(session, table.consultation, 2, "pdf", 3, START)
    assert [unit.opinions[0].draft for unit in (await table.seen()).units] == [1, 1]
    assert (await table.signs()).data["draft_sha256"] == "c" * 64


async def test_what_cannot_be_used_names_its_field(db: Database) -> None:
    table = await found(db)
    lead, signer = table.officers["lead"], table.officers["signer"]
    an = table.units["an"]
    async with db.writing() as session:
        for other, error, name in (
            ({"title": " "}, BadInput, "title"),
            ({"deadline": START}, DeadlinePast, "deadline"),
            ({"units": ()}, BadInput, "units"),
            ({"units": ((an, ""), (an, ""))}, BadInput, "units"),
            ({"units": (("nothing", ""),)}, NotFound, "units"),
            ({"units": ((an, "không phải thư"),)}, BadInput, "email"),
            ({"signer": "nobody"}, NotFound, "signer"),
            ({"unit": an, "signer": table.officers["binh"].account}, BadInput, "signer"),
        ):
            with pytest.raises(error) as caught:
                await drafting.create(session, lead, plan(table, **other), START)
            assert caught.value.field == name, other
        binh = table.officers["binh"]
        with pytest.raises(NotAllowed):
            await drafting.create(session, binh, plan(table), START)
        above = plan(table, unit=table.units["binh"], signer=signer.account)
        assert (await drafting.create(session, binh, above, START)).name == "consultation_created"


async def test_who_does_not_agree_says_why_and_so_does_who_does_not_accept(table: Table) -> None:
    an = table.units["an"]
    for choice in ("disagree", "other"):
        with pytest.raises(ReasonMissing):
            await table.does(opinions.give, "an", an, choice, " ")
    with pytest.raises(BadInput):
        await table.does(opinions.give, "an", an, "maybe", "Có thể")
    await table.does(opinions.give, "an", an, "agree", "Đề nghị sửa lỗi chính tả")
    opinion = await opinion_of(table, "an")
    with pytest.raises(ReasonMissing):
        await table.does(opinions.reply, "lead", opinion, "rejected", "", 0)
    with pytest.raises(OpinionsUnanswered):
        table.now = DEADLINE + DAY
        await table.signs(binh="Đã nhắc")
    await table.does(opinions.reply, "lead", opinion, "accepted", "", 0)
    with pytest.raises(Outdated):
        await table.does(opinions.reply, "lead", opinion, "rejected", "Không", 0)
    await table.does(opinions.reply, "lead", opinion, "partly", "Sửa một phần", 1)
    assert (await table.seen("an")).units[0].opinions[0].reply.revision == 2


async def test_the_deadline_moves_and_a_withdrawn_one_is_over(table: Table) -> None:
    with pytest.raises(DeadlinePast):
        await table.does(drafting.move_deadline, "lead", START - DAY)
    moved = await table.does(drafting.move_deadline, "lead", DEADLINE + DAY)
    assert moved.data["to"] > moved.data["from"]
    for told in (DEADLINE, START + timedelta(seconds=1)):
        with pytest.raises(DeadlineEarlier) as caught:
            await table.does(drafting.move_deadline, "lead", told)
        assert caught.value.field == "deadline"
    with pytest.raises(BadInput):
        await table.does(drafting.withdraw, "lead", "")
    await table.does(drafting.withdraw, "lead", "Thay bằng dự thảo khác")
    for verb, *args in ((drafting.move_deadline, DEADLINE), (drafting.withdraw, "Lại nữa")):
        with pytest.raises(ConsultationOver):
            await table.does(verb, "lead", *args)


async def test_the_deadline_is_made_earlier_while_nobody_was_told(db: Database) -> None:
    table = await found(db)
    async with db.writing() as session:
        table.consultation = (await drafting.create(session, table.officers["lead"], plan(table), START)).meeting
    moved = await table.does(drafting.move_deadline, "lead", DEADLINE - DAY)
    assert moved.data["to"] < moved.data["from"]


async def test_tampering_is_found_and_located(table: Table) -> None:
    await table.does(opinions.give, "an", table.units["an"], "disagree", "Không đồng ý Điều 3")
    await table.does(opinions.give, "binh", table.units["binh"], "agree", "")

    async def broken(change: sa.Update | sa.Delete) -> tuple[int, str]:
        async with table.db.writing() as session, session.begin_nested() as step:
            assert await audit.verify_consultation(session, table.consultation) is None
            await session.execute(change.execution_options(synchronize_session=False))
            session.expire_all()
            found = await audit.verify_consultation(session, table.consultation)
            await step.rollback()
            return found.seq, found.why

    mine = Opinion.unit_id == table.units["an"]
    assert await broken(sa.update(Opinion).where(mine).values(text="Đồng ý")) == (5, "its opinion was changed")
    assert await broken(sa.update(Opinion).where(mine).values(is_late=True)) == (5, "its opinion was changed")
    assert await broken(sa.delete(Opinion).where(mine)) == (5, "its opinion is missing")
    entry = ConsultationEntry.seq == 6
    assert await broken(sa.update(ConsultationEntry).where(entry).values(actor="another")) == (6, "changed")
    assert await broken(sa.delete(ConsultationEntry).where(entry)) == (6, "missing")


def test_the_gate_says_what_is_missing() -> None:
    def said(**other: bool) -> Said:
        return Said(**{"id": "o", "counts": True, "wants_reply": True, "is_replied": True, "is_opened": True, **other})

    units = [
        Asked("silent", "", ()),
        Asked("ready", "", (said(is_replied=False, counts=False), said())),
        Asked("no reply", "", (said(is_replied=False),)),
        Asked("unread", "", (said(is_opened=False, counts=False), said(wants_reply=False, is_replied=False))),
        Asked("replaced", "", (said(is_opened=False, is_replied=False, counts=False), said())),
    ]
    gate = gate_of(units, is_overdue=False)
    assert (gate.silent, gate.unanswered, gate.unopened) == (("silent",), ("no reply",), ("unread",))
    assert not gate.is_open and gate_of(units[1:2], is_overdue=False).is_open
