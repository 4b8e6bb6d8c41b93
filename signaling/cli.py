"""The command `hoitruong`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from meeting_app.errors import MeetingError
from signaling import logs, settings, supervisor
from signaling.clock import Clock
from signaling.database import open_database
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


async def _prepare(given: Settings, path: Path) -> Prepared:
    plan = read_plan(path)
    database = await open_database(given)
    try:
        async with database.writing() as session:
            return await prepare(session, plan, Clock().utc())
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
