"""The command `hoitruong`.

The standard library reads what was typed: what brings colours and tables would be loaded by every process of the
installation, because structlog takes them up wherever it finds them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from getpass import getpass
from pathlib import Path
from typing import NoReturn

import msgspec

from meeting_app import audit, events, organization
from meeting_app.errors import MeetingError
from meeting_app.events import CONSULTATIONS, Broken, Head
from meeting_app.models import Consultation
from signaling import logs, settings, supervisor
from signaling.accounts import AccountPlan, open_account
from signaling.clock import Clock
from signaling.database import open_as_it_is, open_database
from signaling.folders import hold_data, make_folders
from signaling.prepare import Prepared, prepare, read_plan
from signaling.settings import Settings, SettingsError


def parser() -> argparse.ArgumentParser:
    """What may be typed; each command names the function that carries it out as `run`."""
    typed = argparse.ArgumentParser(
        prog="hoitruong",
        description="Hội Trường: họp trực tuyến và phòng họp không giấy trên máy chủ của đơn vị.",
    )
    commands = typed.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    command("serve", serve)
    asked = command("demo", demo)
    asked.add_argument("arguments", nargs=argparse.REMAINDER, help="as `./hoitruong demo` takes them")
    asked = command("meeting", meeting)
    asked.add_argument("plan", type=Path, help="TOML file; docs/operating.md shows one.")
    asked = command("user", user)
    asked.add_argument("login", help="What the person signs in with, such as ha.pt.")
    asked.add_argument("--name", required=True, help="Family name first.")
    asked.add_argument("--unit", required=True, help="Where they belong: a name, or an id; added if there is none.")
    asked.add_argument("--role", default="system_admin", help="system_admin, unit_admin or clerk.")
    asked.add_argument("--title", default="")
    asked.add_argument("--level", default="province", help="Of a unit that is added.")
    asked = command("verify-log", verify_log)
    asked.add_argument("meeting", help="The id, as in the address /m/… or /vp/lay-y-kien/….")
    asked.add_argument("--head", default="", help="A head that was kept elsewhere, NUMBER:HASH as printed here.")
    return typed


def serve(_asked: argparse.Namespace) -> None:
    """Start everything on this machine and keep it running."""
    given = _settings()
    try:
        make_folders(given)
        held = hold_data(given)
        supervisor.check_address(given)
    except SettingsError as error:
        _end(2, f"hoitruong: {error}")
    logs.configure(given)
    asyncio.run(supervisor.run(supervisor.children_of(given, held)))


def demo(asked: argparse.Namespace) -> None:
    """A demonstration conference in session; on the loopback address only."""
    os.execv(sys.executable, [sys.executable, "-m", "demo", *asked.arguments])


def meeting(asked: argparse.Namespace) -> None:
    """Create a meeting from a file and print everybody's personal link, once."""
    given = _settings()
    try:
        prepared = asyncio.run(_prepare(given, asked.plan))
    except (OSError, ValueError, msgspec.MsgspecError, MeetingError) as error:
        _end(1, f"{asked.plan}: {error}")
    _print_links(prepared, given)


def user(asked: argparse.Namespace) -> None:
    """Open an account for the office. The password is asked for, or read from the standard input."""
    given = _settings()
    if sys.stdin.isatty():
        password = getpass("Mật khẩu: ")
        if getpass("Nhập lại mật khẩu: ") != password:
            _end(1, "Hai lần nhập mật khẩu không giống nhau.")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    plan = AccountPlan(asked.login, asked.role, asked.name, asked.title, asked.unit, asked.level)
    try:
        account = asyncio.run(_open_account(given, plan, password))
    except MeetingError as error:
        _end(1, f"{error.field}: {error}")
    print(f"Đã tạo tài khoản {account}. Đăng nhập tại {given.address}/dang-nhap")


async def _open_account(given: Settings, plan: AccountPlan, password: str) -> str:
    password_hash = await organization.hashed(password)
    database = await open_database(given)
    try:
        async with database.writing() as session:
            return (await open_account(session, plan, password_hash, Clock().utc())).login
    finally:
        await database.close()


async def _prepare(given: Settings, path: Path) -> Prepared:
    plan = read_plan(path)
    database = await open_database(given)
    try:
        async with database.writing() as session:
            return await prepare(session, plan, Clock().utc())
    finally:
        await database.close()


def verify_log(asked: argparse.Namespace) -> None:
    """Tell whether a meeting's or consultation's log, its votes or opinions are as written; status 1 if not."""
    given = _settings()
    number, _, digest = asked.head.partition(":")
    if asked.head and not (number.isdecimal() and re.fullmatch("[0-9a-f]{64}", digest)):
        _end(2, f"--head {asked.head}: a number, a colon and 64 hexadecimal digits")
    kept = Head(int(number), digest) if asked.head else None
    try:
        found, end = asyncio.run(_verify_log(given, asked.meeting, kept))
    except MeetingError as error:
        _end(2, f"{asked.meeting}: {error}")
    if found is not None:
        print(f"Nhật ký KHÔNG còn nguyên: sự kiện số {found.seq} ({found.why}).")
        sys.exit(1)
    whole = f"{end.seq} sự kiện, các biểu quyết và ý kiến khớp"
    print(f"Nhật ký còn nguyên: {whole}. Đầu chuỗi: {end.seq}:{end.hash}")


async def _verify_log(given: Settings, meeting: str, kept: Head | None) -> tuple[Broken | None, Head]:
    database = open_as_it_is(given)
    try:
        async with database.reading() as session:
            if await session.get(Consultation, meeting) is not None:
                end = await events.head(session, meeting, CONSULTATIONS)
                return await audit.verify_consultation(session, meeting, kept), end
            return await audit.verify(session, meeting, kept), await events.head(session, meeting)
    finally:
        await database.close()


def _print_links(prepared: Prepared, given: Settings) -> None:
    rows = [("Vai trò", "Họ và tên", "Đơn vị", "Liên kết riêng")]
    rows += [(one.role, one.name, one.unit, f"{given.address}/v/{one.token}") for one in prepared.invitations]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    print(f"Địa chỉ chung cho khách: {given.address}/m/{prepared.meeting}")


def _settings() -> Settings:
    try:
        return settings.read()
    except SettingsError as error:
        _end(2, f"hoitruong: {error}")


def _end(status: int, why: str) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(status)


def main(typed: Sequence[str] | None = None) -> None:
    asked = parser().parse_args(typed)
    asked.run(asked)


if __name__ == "__main__":
    main()
