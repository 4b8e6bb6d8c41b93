"""Surveys: what may be asked and answered, how it is counted, and who is too few to be shown."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from typing import Any

import docx
import openpyxl
import pytest
import pytest_asyncio
import sqlalchemy as sa

from meeting_app.db import Database
from meeting_app.errors import (
    AnswerMissing,
    BadInput,
    DeadlinePast,
    NotAllowed,
    Outdated,
    SurveyAnswered,
    SurveyClosed,
    SurveyOpened,
    SurveyUnknown,
)
from meeting_app.models import SurveyAnswer
from meeting_app.permissions import OFFICER_ROLES, may
from meeting_app.surveys import answering, document, reading, sheet, writing
from meeting_app.surveys.counting import LEAST
from meeting_app.surveys.writing import Plan, QuestionPlan
from tests.meeting_app.consulting import Table, found, officer
from tests.meeting_app.hall import START

DAY = timedelta(days=1)
UNITS = ("Xã", "Phường", "Tỉnh")
QUESTIONS = (
    QuestionPlan("single", "Đồng chí công tác ở đâu?", UNITS, is_required=True),
    QuestionPlan("multiple", "Cần bồi dưỡng gì?", ("Kỹ năng số", "Pháp luật", "Vận động")),
    QuestionPlan("scale", "Mức độ hài lòng", ("Kém", "Rất tốt"), steps=5),
    QuestionPlan("text", "Góp ý khác"),
)


class Office:
    """A survey of the province, asked from "lead"."""

    def __init__(self, table: Table) -> None:
        self.table, self.lead, self.now = table, table.officers["lead"], START
        self.id, self.code, self.keys = "", "", 0

    async def does(self, verb: Any, *args: Any, by: str = "lead") -> Any:
        async with self.table.db.writing() as session:
            return await verb(session, self.table.officers[by], *args)

    async def makes(self, opens: bool = True, **other: Any) -> None:
        fields = {"title": "Khảo sát", "lead": "", "is_anonymous": True, "closes_at": None, "questions": QUESTIONS}
        made = await self.does(writing.create, self.table.units["lead"], Plan(**{**fields, **other}), START)
        self.id, self.code = made.id, made.code
        if opens:
            await self.does(writing.open_survey, self.id, START)

    async def answers(self, values: dict[int, Any], token: str = "", name: str = "", key: str = "") -> None:
        self.keys += 1
        key = key or f"key-{self.keys:06}"
        async with self.table.db.writing() as session:
            await answering.answer(session, token or self.code, key, values, name, self.now)

    async def results(self, by: int | None = None) -> reading.Results:
        async with self.table.db.reading() as session:
            return await reading.results(session, self.lead, self.id, self.now, by)

    async def seen(self) -> reading.SurveyView:
        async with self.table.db.reading() as session:
            return await reading.view(session, self.lead, self.id, self.now)


@pytest_asyncio.fixture(loop_scope="session")
async def office(db: Database) -> Office:
    return Office(await found(db))


async def test_answers_are_counted(office: Office) -> None:
    await office.makes(is_anonymous=False)
    for values in (
        {1: 0, 2: [0, 2], 3: 5, 4: "Nhiều lớp hơn"},
        {1: 0, 2: [0], 3: 4},
        {1: 1, 3: 2, 4: "  "},
        {1: 2, 2: []},
        {1: 0, 4: "Ít giấy tờ"},
    ):
        await office.answers(values)
    single, multiple, scale, text = (await office.results()).counts
    assert (single.counts, single.answered) == ((3, 1, 1), 5)
    assert (multiple.counts, multiple.answered) == ((2, 0, 1), 2)
    assert (scale.counts, scale.total, scale.answered) == ((0, 1, 0, 1, 1), 11, 3)
    assert text.texts == ("Nhiều lớp hơn", "Ít giấy tờ")
    seen = await office.seen()
    assert (seen.answers, seen.by_way, seen.is_open) == (5, {"open": 5}, True)


async def test_an_anonymous_answer_has_no_name_no_time_and_no_link(office: Office) -> None:
    await office.makes()
    ((_, token),) = await office.does(writing.issue_links, office.id, ["Vi Thị An"], START)
    await office.answers({1: 0}, token=token)
    await office.answers({1: 1}, name="Lò Văn Mẩy")
    async with office.table.db.reading() as session:
        rows = list(await session.scalars(sa.select(SurveyAnswer)))
        assert await reading.named_answers(session, office.lead, office.id) == []
    assert [(row.name, row.given_at, row.id[14]) for row in rows] == [("", None, "4")] * 2


async def test_an_anonymous_survey_has_results_once_it_takes_no_answers(office: Office) -> None:
    await office.makes(closes_at=START + DAY)
    for number in range(6):
        before = await office.results(by=1)
        await office.answers({1: number % 2, 4: f"Góp ý {number}"})
        after = await office.results(by=1)
        assert (after.answers, after.is_open, after.is_hidden) == (number + 1, True, True)
        assert (before.counts, before.groups) == (after.counts, after.groups) == ((), {})
    assert all(count.counts == () for count in (await office.results()).counts)
    assert "chỉ có kết quả sau khi kết thúc" in str(sheet.heading(after))
    office.now = START + DAY
    over = await office.results(by=1)
    assert (over.is_open, over.is_hidden, over.counts[0].counts) == (False, False, (3, 3, 0))
    assert over.counts[3].texts == tuple(f"Góp ý {number}" for number in range(6))


async def test_a_question_that_few_answered_is_not_shown(office: Office) -> None:
    await office.makes()
    for number in range(9):
        await office.answers({1: 0} if number > 3 else {1: 0, 2: [1], 3: 2, 4: "Tôi ở thôn Đoài"})
    await office.does(writing.close, office.id)
    results = await office.results(by=1)
    asked, *few = results.counts
    assert (asked.is_hidden, asked.counts) == (False, (9, 0, 0))
    assert [(one.answered, one.is_hidden, one.counts, one.total, one.texts) for one in few] == [
        (4, True, (), None, ())
    ] * 3
    assert {groups[0].size for groups in results.groups.values()} == {None}
    book = openpyxl.load_workbook(io.BytesIO(sheet.report(results, ())))
    assert [cell.value for cell in book["Kết quả"]["A"]].count(sheet.HIDDEN) == 3
    assert "thôn Đoài" not in " ".join(
        one.text for one in docx.Document(io.BytesIO(document.report(results))).paragraphs
    )


async def test_few_answers_are_not_shown(office: Office) -> None:
    await office.makes()
    for _ in range(LEAST - 1):
        await office.answers({1: 0})
    await office.does(writing.close, office.id)
    assert ((await office.results()).is_hidden, (await office.results()).counts) == (True, ())


async def test_a_personal_link_is_good_for_one_answer(office: Office) -> None:
    await office.makes(is_anonymous=False)
    ((name, token),) = await office.does(writing.issue_links, office.id, [" Vi Thị  An "], START)
    await office.answers({1: 0}, token=token, key="the-same-key")
    await office.answers({1: 0}, token=token, key="the-same-key")  # a retry
    with pytest.raises(SurveyAnswered):
        await office.answers({1: 1}, token=token)
    async with office.table.db.reading() as session:
        (answer,) = await reading.named_answers(session, office.lead, office.id)
    assert (answer.name, answer.data) == (name, {"1": 0})
    seen = await office.seen()
    assert (seen.links, seen.links_used, seen.by_way) == (1, 1, {"personal": 1})
    with pytest.raises(SurveyUnknown):
        await office.answers({1: 0}, token="nothing")


async def test_an_interviewer_enters_one_after_the_other(office: Office) -> None:
    await office.makes(is_anonymous=False)
    for number in range(2):
        key = f"entered-{number}"
        await office.does(answering.enter, office.id, key, {1: number}, "Bà Mẩy", START)
        await office.does(answering.enter, office.id, key, {1: number}, "Bà Mẩy", START)
    assert (await office.seen()).by_way == {"interviewer": 2}
    with pytest.raises(NotAllowed):
        await office.does(answering.enter, office.id, "other-key", {1: 0}, "", START, by="an")


async def test_what_does_not_fit_a_question_names_it(office: Office) -> None:
    await office.makes()
    for values, error, field in (
        ({}, AnswerMissing, "questions.1"),
        ({1: 3}, BadInput, "questions.1"),
        ({1: True}, BadInput, "questions.1"),
        ({1: [0, 1]}, BadInput, "questions.1"),
        ({1: 0, 2: [0, 0]}, BadInput, "questions.2"),
        ({1: 0, 2: 1}, BadInput, "questions.2"),
        ({1: 0, 3: 0}, BadInput, "questions.3"),
        ({1: 0, 3: 6}, BadInput, "questions.3"),
        ({1: 0, 4: 7}, BadInput, "questions.4"),
        ({1: 0, 4: "x" * 3000}, BadInput, "questions.4"),
        ({1: 0, 9: 0}, BadInput, "questions"),
    ):
        with pytest.raises(error) as caught:
            await office.answers(values)
        assert caught.value.field == field, values
    assert (await office.seen()).answers == 0


async def test_it_takes_answers_from_its_opening_to_its_end(office: Office) -> None:
    await office.makes(opens=False, closes_at=START + DAY)
    with pytest.raises(SurveyUnknown):
        await office.answers({1: 0})
    with pytest.raises(SurveyClosed):
        await office.does(answering.enter, office.id, "a-key-001", {1: 0}, "", START)
    await office.does(writing.open_survey, office.id, START)
    await office.answers({1: 0})
    office.now = START + DAY
    with pytest.raises(SurveyClosed):
        await office.answers({1: 0})
    assert not (await office.seen()).is_open
    await office.does(writing.close, office.id)
    with pytest.raises(SurveyClosed):
        await office.does(writing.close, office.id)


@pytest.mark.parametrize("way", ["open", "personal", "interviewer", "after a refusal"])
async def test_closing_waits_for_an_answer_that_is_being_written(
    office: Office, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.makes()
    ((_, token),) = await office.does(writing.issue_links, office.id, ["Vi Thị An"], START)
    checked = answering.checked

    async def meanwhile_closed(*args: Any) -> dict[str, Any]:
        kept = await checked(*args)
        closing = group.create_task(office.does(writing.close, office.id))
        assert not (await asyncio.wait({closing}, timeout=0.2))[0]
        return kept

    monkeypatch.setattr(answering, "checked", meanwhile_closed)
    async with asyncio.TaskGroup() as group, office.table.db.writing() as session:
        if way == "interviewer":
            await answering.enter(session, office.lead, office.id, "a-key-001", {1: 0}, "", START)
        else:
            if way == "after a refusal":
                with pytest.raises(AnswerMissing):
                    async with session.begin_nested():
                        await answering.answer(session, office.code, "a-key-001", {}, "", START)
            by = token if way == "personal" else office.code
            await answering.answer(session, by, "a-key-001", {1: 0}, "", START)
    assert (await office.seen()).answers == 1
    with pytest.raises(SurveyClosed):
        await office.answers({1: 0})


async def test_a_survey_takes_so_many_answers_and_no_more(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_ANSWERS", 2)
    await office.makes()
    async with office.table.db.writing() as session:
        for number in range(2):
            await answering.answer(session, office.code, f"a-key-{number:03}", {1: 0}, "", START)
        with pytest.raises(SurveyClosed):
            await answering.answer(session, office.code, "a-key-003", {1: 0}, "", START)
    await office.answers({1: 0}, key="a-key-001")  # a retry
    with pytest.raises(SurveyClosed):
        await office.does(answering.enter, office.id, "a-key-004", {1: 0}, "", START)
    assert (await office.seen()).answers == 2


async def test_a_closed_survey_does_not_tell_which_answer_came_by_which_link(office: Office) -> None:
    await office.makes()
    names = [f"Người {number}" for number in range(12)]
    for _, token in await office.does(writing.issue_links, office.id, names, START):
        await office.answers({1: 0}, token=token)
    before = await office.seen()
    await office.does(writing.close, office.id)
    after = await office.seen()
    assert (after.by_way, after.links_used) == (before.by_way, before.links_used) == ({"personal": 12}, 12)
    async with office.table.db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            with pytest.raises(sa.exc.OperationalError, match="no such column"):
                await connection.execute(sa.text("SELECT rowid FROM survey_answers"))
            return
        for column, name, came in (
            ("key", "survey_answers", [f"key-{number:06}" for number in range(1, 13)]),
            ("name", "survey_links", names),
        ):
            rows = (await connection.execute(sa.text(f"SELECT {column} AS one, xmin FROM {name} ORDER BY ctid"))).all()
            assert len({row.xmin for row in rows}) == 1, name
            kept = [row.one for row in rows]
            assert sorted(kept) == sorted(came) and kept != came, name


async def test_a_draft_is_written_anew_and_an_open_survey_is_not(office: Office) -> None:
    await office.makes(opens=False, questions=())
    with pytest.raises(BadInput):
        await office.does(writing.open_survey, office.id, START)
    plan = Plan("Tên khác", "", False, None, QUESTIONS)
    await office.does(writing.write, office.id, plan, 1, START)
    with pytest.raises(Outdated):
        await office.does(writing.write, office.id, plan, 1, START)
    seen = await office.seen()
    assert (seen.title, len(seen.questions), seen.revision) == ("Tên khác", 4, 2)
    await office.does(writing.open_survey, office.id, START)
    for verb, *args in ((writing.write, plan, 2, START), (writing.open_survey, START)):
        with pytest.raises(SurveyOpened):
            await office.does(verb, office.id, *args)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (QuestionPlan("poem", "Thơ"), "questions.1"),
        (QuestionPlan("single", " ", ("a", "b")), "questions.1"),
        (QuestionPlan("single", "Một", ("a",)), "questions.1"),
        (QuestionPlan("single", "Hai", ("a", "a")), "questions.1"),
        (QuestionPlan("scale", "Ba"), "questions.1"),
        (QuestionPlan("scale", "Bốn", steps=11), "questions.1"),
        (QuestionPlan("scale", "Năm", ("a",), steps=5), "questions.1"),
        (QuestionPlan("text", "Sáu", ("a",)), "questions.1"),
        (QuestionPlan("text", "Bảy", steps=3), "questions.1"),
    ],
)
async def test_a_question_that_cannot_be_asked_names_its_place(
    office: Office, question: QuestionPlan, field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        await office.makes(questions=(question,))
    assert caught.value.field == field
    with pytest.raises(DeadlinePast):
        await office.makes(closes_at=START)


@pytest.mark.parametrize("role", OFFICER_ROLES)
async def test_every_verb_obeys_the_table(office: Office, role: str) -> None:
    await office.makes()
    table = office.table
    async with table.db.writing() as session:
        for place, path in (("lead", "/"), ("chi", table.officers["chi"].officer.unit_path)):
            table.officers[f"try-{place}"] = await officer(session, f"try-{place}", table.units[place], path, role)
    tries = {
        "change_survey": lambda s, who: writing.issue_links(s, who, office.id, ["An"], START),
        "see_survey": lambda s, who: reading.view(s, who, office.id, START),
        "enter_answers": lambda s, who: answering.enter(s, who, office.id, "a-key-001", {1: 0}, "", START),
    }
    for action, attempt in tries.items():
        for place in ("lead", "chi"):
            async with table.db.writing() as session, session.begin_nested() as step:
                try:
                    await attempt(session, table.officers[f"try-{place}"])
                    done = True
                except NotAllowed:
                    done = False
                assert done == may(role, action, own=place == "lead"), (action, place)
                await step.rollback()


async def test_the_reports_say_what_was_counted(office: Office) -> None:
    await office.makes(is_anonymous=False)
    for number in range(7):
        office.now += timedelta(minutes=1)
        await office.answers({1: number % 3, 2: [0], 3: 4, 4: "=1+1"}, name=f"Người {number}")
    results = await office.results(by=1)
    async with office.table.db.reading() as session:
        answers = await reading.named_answers(session, office.lead, office.id)
    book = openpyxl.load_workbook(io.BytesIO(sheet.report(results, answers)))
    assert book.sheetnames == ["Kết quả", "Theo nhóm", "Từng phiếu"]
    rows = [[cell.value for cell in row[:3]] for row in book["Kết quả"].iter_rows()]
    assert ["Xã", 3, "42,9%"] in rows and ["Điểm trung bình", "4,0", None] in rows
    assert len(book["Kết quả"]._charts) == 3
    named = [[cell.value for cell in row] for row in book["Từng phiếu"].iter_rows()]
    assert (len(named), named[1][0], named[1][5]) == (8, "Người 0", "=1+1")
    assert book["Từng phiếu"].cell(2, 6).data_type == "s"
    text = docx.Document(io.BytesIO(document.report(results)))
    cells = [cell.text for table in text.tables for row in table.rows for cell in row.cells]
    assert "42,9%" in cells and "Phường" in cells
    assert len(text.inline_shapes) == 3
