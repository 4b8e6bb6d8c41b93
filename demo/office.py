"""What the office of the demonstration is busy with: a consultation that half of the units have answered, a survey."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import cast
from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER, Officer
from meeting_app.consultations import drafting, opinions, reading
from meeting_app.models import Account, Person, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.surveys import answering, writing
from meeting_app.surveys.writing import QuestionPlan

SIGNER_LOGIN = "chu-tich"
TITLE = "Dự thảo Báo cáo kết quả công tác Mặt trận 6 tháng đầu năm"
# Who answers for their unit, under which login, and what; the last two are silent.
ASKED = (
    ("Trần Quốc Bảo", "ben-truc", "agree", ""),
    (
        "Hoàng Thị Lan",
        "vinh-an-ha",
        "disagree",
        "Số liệu hòa giải ở mục II khác báo cáo của xã; đề nghị đối chiếu lại.",
    ),
    (
        "Nguyễn Đức Hạnh",
        "dan-chu",
        "other",
        "Tách phần giám sát thành mục riêng, nêu rõ ba kiến nghị chưa được trả lời.",
    ),
    ("Lò Văn Mẩy", "nam-lau-hoa", "", ""),
    ("Bùi Xuân Trường", "khe-lang", "", ""),
)
REPLY = "Đã đối chiếu, sửa theo số liệu của xã."

SURVEY = writing.Plan(
    "Khảo sát nhu cầu tập huấn chuyển đổi số năm 2027",
    "Kết quả dùng để lập kế hoạch tập huấn. Trả lời mất khoảng hai phút.",
    False,  # its results are shown while it can still be answered
    None,
    (
        QuestionPlan("single", "Đồng chí công tác ở cấp nào?", ("Khu dân cư", "Xã, phường", "Tỉnh"), is_required=True),
        QuestionPlan("multiple", "Nội dung nào cần tập huấn trước?", ("Họp trực tuyến", "Ký số", "Hồ sơ điện tử")),
        QuestionPlan("scale", "Mức độ hài lòng với phòng họp không giấy", ("Chưa hài lòng", "Rất hài lòng"), 5),
        QuestionPlan("text", "Góp ý khác"),
    ),
)
ANSWERS = 64
REMARKS = ("Mở thêm lớp vào buổi tối", "Nên có lớp cho cán bộ vùng cao", "Tài liệu cần ngắn hơn")


@dataclass(frozen=True)
class File:
    """The draft, which the converter knows already."""

    sha256: str
    size: int
    pages: int


async def busy(session: AsyncSession, draft: File, now: datetime) -> None:
    """Accounts of those who answer and sign, all with the administrator's password, and what they did so far."""
    asked = now - timedelta(days=2)
    hashed = await session.scalar(select(Account.password_hash).where(Account.login == cast.ADMINISTRATOR_LOGIN))
    leader = await _signed_in(session, cast.ADMINISTRATOR_LOGIN, asked)
    signer = await _account(session, cast.CHAIR.name, SIGNER_LOGIN, hashed or "", asked)
    units = [await _account(session, name, login, hashed or "", asked) for name, login, *_ in ASKED]
    home = await session.scalar(select(Unit.id).where(Unit.name == cast.PROVINCE))
    plan = drafting.Plan(
        home or "",
        TITLE,
        "Xin ý kiến về số liệu ở mục II và các kiến nghị ở mục III.",
        now + timedelta(days=2),
        signer.account,
        tuple((unit.unit, "") for unit in units),
    )
    consultation = (await drafting.create(session, leader, plan, asked)).meeting
    await drafting.add_draft(session, leader, consultation, draft.sha256, draft.size, asked)
    await drafting.converted(session, consultation, 1, "pdf", draft.pages, asked)
    await drafting.ask_units(session, leader, consultation, asked + timedelta(minutes=5))
    for number, (unit, (_, _, choice, text)) in enumerate(zip(units, ASKED, strict=True), 1):
        if choice:
            at = asked + timedelta(hours=6 * number)
            await opinions.give(session, unit, consultation, unit.unit, choice, text, at)
    seen = await reading.view(session, leader, consultation, now)
    disagreed = next(one for unit in seen.units for one in unit.opinions if one.choice == "disagree")
    at = now - timedelta(hours=3)
    await opinions.reply(session, leader, consultation, disagreed.id, "accepted", REPLY, 0, at)
    await _survey(session, leader, now)


async def _survey(session: AsyncSession, leader: SignedIn, now: datetime) -> None:
    made = await writing.create(session, leader, leader.unit, SURVEY, now - timedelta(days=1))
    await writing.open_survey(session, leader, made.id, now - timedelta(days=1))
    chance = random.Random(2026)
    for number in range(ANSWERS):
        values = {
            1: chance.choices((0, 1, 2), (30, 25, 9))[0],
            2: sorted(chance.sample(range(3), chance.randint(1, 2))),
            3: chance.choices((1, 2, 3, 4, 5), (1, 3, 9, 20, 16))[0],
        }
        if number % 9 == 0:
            values[4] = chance.choice(REMARKS)
        await answering.answer(session, made.code, f"demonstration-{number}", values, "", now)


async def _account(session: AsyncSession, name: str, login: str, password_hash: str, now: datetime) -> SignedIn:
    person = await session.scalar(select(Person.id).where(Person.name == name))
    await organization.add_account(session, SYSTEM_OFFICER, person or "", login, password_hash, "clerk", now)
    return await _signed_in(session, login, now)


async def _signed_in(session: AsyncSession, login: str, now: datetime) -> SignedIn:
    """Somebody as they would be with a browser."""
    account, person, unit = (
        await session.execute(
            select(Account, Person, Unit)
            .join(Person, Person.id == Account.person_id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Account.login == login)
        )
    ).one()
    return SignedIn(
        session="",
        seen_at=now,
        account=account.id,
        login=login,
        person=person.id,
        name=person.name,
        unit=unit.id,
        unit_name=unit.name,
        officer=Officer(account.role, unit.path),
    )
