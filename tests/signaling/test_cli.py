"""A meeting from a file, by the command that people type."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import re
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from meeting_app import invitations, meetings, organization
from meeting_app.acting import SYSTEM_OFFICER
from meeting_app.consultations import opinions
from meeting_app.office import sessions as office_sessions
from signaling import cli
from signaling.database import open_database
from signaling.folders import hold_data, make_folders
from signaling.settings import Settings
from tests.meeting_app.consulting import ask
from tests.signaling.conftest import NOW, Province

PLAN = """
title = "Hội nghị lần thứ năm"
starts_at = 2026-03-02T08:00:00+07:00
unit = {name = "Tỉnh Lam Sơn"}
participants = [{name = "Lê Văn Chủ", role = "chair"}, {name = "Vũ Thị Hoa", unit = "Xã Minh Tâm"}]
agenda = [{title = "Khai mạc", minutes = 10}]
"""


def typed(*arguments: str, environment: dict[str, str], said: str = "") -> tuple[int, str]:
    """The status and what was printed, of a command that is typed and ends."""
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as output:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr("sys.stdin", io.StringIO(said))
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                cli.main(arguments)
                status = 0
            except SystemExit as ended:
                status = int(ended.code or 0)
        return status, output.getvalue()


def run(tmp_path: Path, plan: str) -> tuple[int, str]:
    path = tmp_path / "plan.toml"
    path.write_text(plan, "utf-8")
    environment = {"HOITRUONG_DATA": str(tmp_path / "data"), "HOITRUONG_PUBLIC_URL": "https://hop.example/"}
    return typed("meeting", str(path), environment=environment)


def test_the_printed_links_open_the_meeting(tmp_path: Path) -> None:
    for _ in range(2):  # the unit is there the second time
        code, output = run(tmp_path, PLAN)
        assert code == 0, output
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0  # the rows are nobody else's to read
    tokens = re.findall(r"https://hop\.example/v/([\w-]+)", output)
    (meeting,) = re.findall(r"https://hop\.example/m/([\w-]+)", output)
    assert len(tokens) == 2

    async def enter() -> None:
        database = await open_database(Settings(data=tmp_path / "data"))
        try:
            async with database.writing() as session:
                entries = [await invitations.use_link(session, token, NOW) for token in tokens]
            async with database.reading() as session:
                shown = (await meetings.snapshot(session, meeting, NOW)).meeting
        finally:
            await database.close()
        assert [(e.visitor.meeting, e.visitor.name, e.visitor.role) for e in entries] == [
            (meeting, "Lê Văn Chủ", "chair"),
            (meeting, "Vũ Thị Hoa", "delegate"),
        ]
        assert (shown.unit, shown.state, shown.agenda[0].budget_s) == ("Tỉnh Lam Sơn", "invited", 600)

    asyncio.run(enter())


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("+07:00", ""), "zone"),
        (("chair", "delegate"), "chair"),
        (("minutes", "minute"), "minute"),
        (("Khai mạc", ""), "title"),
        (("title =", "title"), "plan.toml"),
    ],
)
def test_a_plan_that_cannot_be_used_says_why_and_leaves_nothing(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    code, output = run(tmp_path, PLAN.replace(*change))
    assert code == 1 and named in output and "/v/" not in output


OPEN = ["user", "Ha.PT", "--name", "Phạm Thu Hà", "--unit", "Tỉnh Lam Sơn"]


def open_account(tmp_path: Path, password: str) -> tuple[int, str]:
    return typed(*OPEN, environment={"HOITRUONG_DATA": str(tmp_path / "data")}, said=f"{password}\n")


def test_the_first_account_signs_in_with_the_password_that_was_read(tmp_path: Path) -> None:
    code, output = open_account(tmp_path, "ngắn")
    assert code == 1 and "password" in output
    code, output = open_account(tmp_path, "một câu dài dễ nhớ")
    assert code == 0 and "ha.pt" in output and "một câu" not in output
    code, output = open_account(tmp_path, "một câu dài dễ nhớ")
    assert code == 1 and "login" in output

    async def sign_in() -> None:
        database = await open_database(Settings(data=tmp_path / "data"))
        try:
            async with database.writing() as session:
                claimed = await organization.claim(session, "ha.pt")
                account = await organization.prove(claimed, "một câu dài dễ nhớ")
                token = await office_sessions.open_session(session, account, "", NOW)
                who = await office_sessions.find(session, token, NOW)
        finally:
            await database.close()
        assert who is not None and (who.name, who.unit_name) == ("Phạm Thu Hà", "Tỉnh Lam Sơn")
        assert who.officer.role == "system_admin"

    asyncio.run(sign_in())


def test_of_two_units_with_one_name_neither_is_taken(tmp_path: Path) -> None:
    async def found() -> list[str]:
        database = await open_database(Settings(data=tmp_path / "data"))
        try:
            async with database.writing() as session:
                add = organization.add_unit
                units = [await add(session, SYSTEM_OFFICER, "Xã Hòa", "commune", None, NOW) for _ in range(2)]
                return [unit.id for unit in units]
        finally:
            await database.close()

    (tmp_path / "data").mkdir()
    units = asyncio.run(found())
    environment = {"HOITRUONG_DATA": str(tmp_path / "data")}
    password = "một câu dài dễ nhớ\n"
    code, output = typed(*OPEN[:-1], "Xã Hòa", environment=environment, said=password)
    assert code == 1 and all(unit in output for unit in units)
    code, output = typed(*OPEN[:-1], units[1], environment=environment, said=password)
    assert code == 0, output


def test_settings_that_cannot_be_used_end_the_start() -> None:
    status, output = typed("serve", environment={"HOITRUONG_PORT": "many"})
    assert status == 2 and "port" in output


@pytest.fixture
def taken(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment in which somebody listens at the port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield {"HOITRUONG_PORT": str(other.getsockname()[1]), "HOITRUONG_DATA": str(tmp_path / "data")}


def test_a_taken_address_is_named_instead_of_tried_for_ever(taken: dict[str, str]) -> None:
    status, output = typed("serve", environment=taken)
    assert status == 2 and taken["HOITRUONG_PORT"] in output


def test_who_starts_a_system_that_runs_is_told_so_and_not_to_try_another_port(taken: dict[str, str]) -> None:
    given = Settings(data=Path(taken["HOITRUONG_DATA"]))
    make_folders(given)
    held = hold_data(given)
    try:
        status, output = typed("serve", environment=taken)
    finally:
        os.close(held)
    assert status == 2 and f"already runs on {given.data}" in output
    assert "HOITRUONG_PORT" not in output


def test_data_that_cannot_be_kept_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, output = typed("serve", environment={"HOITRUONG_DATA": str(tmp_path / "file" / "data")})
    assert status == 2 and output.startswith("hoitruong: cannot keep data in")


def verify(settings: Settings, *arguments: str) -> tuple[int, str]:
    return typed("verify-log", *arguments, environment={"HOITRUONG_DATA": str(settings.data)})


def test_a_whole_log_is_told_with_its_head(settings: Settings, province: Province) -> None:
    code, output = verify(settings, province.meeting)
    assert code == 0, output
    head = re.search(r"\d+:[0-9a-f]{64}", output).group()
    assert verify(settings, province.meeting, "--head", head) == (0, output)
    code, output = verify(settings, province.meeting, "--head", head[:-4] + "0000")
    assert code == 1 and f"số {head.partition(':')[0]} " in output


def test_a_changed_log_is_told_with_its_number(settings: Settings, province: Province) -> None:
    with sqlite3.connect(settings.data / "meetings.sqlite") as rows:
        rows.execute("UPDATE events SET name = 'muted' WHERE seq = 3")
    code, output = verify(settings, province.meeting)
    assert code == 1 and "số 3 (changed)" in output


def test_looking_at_a_log_writes_nothing(settings: Settings, province: Province) -> None:
    path = settings.data / "meetings.sqlite"
    before = path.read_bytes()
    assert verify(settings, province.meeting)[0] == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["nobody-knows-it"], ["m", "--head", "12"], ["m", "--head", "x:" + "0" * 64]], ids=["id", "12", "x"]
)
def test_what_cannot_be_verified_is_no_yes(settings: Settings, province: Province, arguments: list[str]) -> None:
    assert verify(settings, *arguments)[0] == 2


def test_where_no_database_is_none_is_made(tmp_path: Path) -> None:
    code, output = verify(Settings(data=tmp_path / "none"), "m")
    assert code == 2 and "database" in output
    assert not (tmp_path / "none").exists()


def test_the_log_of_a_consultation_is_told_as_well(settings: Settings) -> None:
    async def consult() -> str:
        database = await open_database(settings)
        table = await ask(database)
        await table.does(opinions.give, "an", table.units["an"], "disagree", "Chưa rõ kinh phí")
        await database.close()
        return table.consultation

    consultation = asyncio.run(consult())
    code, output = verify(settings, consultation)
    assert code == 0 and "5 sự kiện" in output
    with sqlite3.connect(settings.data / "meetings.sqlite") as rows:
        rows.execute("UPDATE opinions SET choice = 'agree'")
    code, output = verify(settings, consultation)
    assert code == 1 and "số 5 (its opinion was changed)" in output
