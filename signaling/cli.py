"""The command `hoitruong`."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from meeting_app import audit, events, organization
from meeting_app.errors import MeetingError
from meeting_app.events import Broken, Head
from signaling import logs, settings, supervisor
from signaling.accounts import AccountPlan, open_account
from signaling.clock import Clock
from signaling.database import open_as_it_is, open_database
from signaling.folders import make_folders
from signaling.prepare import Prepared, prepare, read_plan
from signaling.settings import Settings, SettingsError

app = typer.Typer(
    help="Hội Trường: họp trực tuyến và phòng họp không giấy trên máy chủ của đơn vị.",
    no_args_is_help=True,
    add_completion=False,
)


@app.command()
def serve() -> None:
    """Start everything on this machine and keep it running."""
    given = _settings()
    try:
        supervisor.check_address(given)
    except SettingsError as error:
        typer.echo(f"hoitruong: {error}", err=True)
        raise typer.Exit(2) from error
    logs.configure(given)
    make_folders(given)
    asyncio.run(supervisor.run(supervisor.children_of(given)))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def demo(context: typer.Context) -> None:
    """A demonstration conference in session; on the loopback address only."""
    os.execv(sys.executable, [sys.executable, "-m", "demo", *context.args])


@app.command()
def meeting(plan: Annotated[Path, typer.Argument(help="TOML file; docs/operating.md shows one.")]) -> None:
    """Create a meeting from a file and print everybody's personal link, once."""
    given = _settings()
    try:
        prepared = asyncio.run(_prepare(given, plan))
    except (OSError, ValueError, msgspec.MsgspecError, MeetingError) as error:
        typer.echo(f"{plan}: {error}", err=True)
        raise typer.Exit(1) from error
    _print_links(prepared, given)


@app.command()
def user(
    login: Annotated[str, typer.Argument(help="What the person signs in with, such as ha.pt.")],
    name: Annotated[str, typer.Option(help="Family name first.")],
    unit: Annotated[str, typer.Option(help="The unit they belong to; added when there is none of that name.")],
    role: Annotated[str, typer.Option(help="system_admin, unit_admin or clerk.")] = "system_admin",
    title: Annotated[str, typer.Option()] = "",
    level: Annotated[str, typer.Option(help="Of a unit that is added.")] = "province",
) -> None:
    """Open an account for the office. The password is asked for, or read from the standard input."""
    given = _settings()
    if sys.stdin.isatty():
        password = typer.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Nhập lại mật khẩu")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    plan = AccountPlan(login, role, name, title, unit, level)
    try:
        account = asyncio.run(_open_account(given, plan, password))
    except MeetingError as error:
        typer.echo(f"{error.field}: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"Đã tạo tài khoản {account}. Đăng nhập tại {given.address}/dang-nhap")


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


@app.command()
def verify_log(
    meeting: Annotated[str, typer.Argument(help="The id of the meeting, as in its address /m/….")],
    head: Annotated[str, typer.Option(help="A head that was kept elsewhere, NUMBER:HASH as printed here.")] = "",
) -> None:
    """Tell whether a meeting's log and open ballots are as they were written; status 1 when they are not."""
    given = _settings()
    number, _, digest = head.partition(":")
    if head and not (number.isdecimal() and re.fullmatch("[0-9a-f]{64}", digest)):
        typer.echo(f"--head {head}: a number, a colon and 64 hexadecimal digits", err=True)
        raise typer.Exit(2)
    try:
        found, end = asyncio.run(_verify_log(given, meeting, Head(int(number), digest) if head else None))
    except MeetingError as error:
        typer.echo(f"{meeting}: {error}", err=True)
        raise typer.Exit(2) from error
    if found is not None:
        typer.echo(f"Nhật ký KHÔNG còn nguyên: sự kiện số {found.seq} ({found.why}).")
        raise typer.Exit(1)
    typer.echo(f"Nhật ký còn nguyên: {end.seq} sự kiện, các phiếu công khai khớp. Đầu chuỗi: {end.seq}:{end.hash}")


async def _verify_log(given: Settings, meeting: str, kept: Head | None) -> tuple[Broken | None, Head]:
    database = open_as_it_is(given)
    try:
        async with database.reading() as session:
            return await audit.verify(session, meeting, kept), await events.head(session, meeting)
    finally:
        await database.close()


def _print_links(prepared: Prepared, given: Settings) -> None:
    table = Table("Vai trò", "Họ và tên", "Đơn vị", "Liên kết riêng")
    for one in prepared.invitations:
        table.add_row(one.role, one.name, one.unit, f"{given.address}/v/{one.token}")
    console = Console(width=max(120, Console().width), soft_wrap=True)
    console.print(table)
    console.print(f"Địa chỉ chung cho khách: {given.address}/m/{prepared.meeting}")


def _settings() -> Settings:
    try:
        return settings.read()
    except SettingsError as error:
        typer.echo(f"hoitruong: {error}", err=True)
        raise typer.Exit(2) from error


def main() -> None:
    app()


if __name__ == "__main__":
    main()
