"""The rows of this installation: where they are, and opening them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from meeting_app.db import Database, migrate
from meeting_app.errors import NotFound
from meeting_app.settings import Settings as RowSettings
from signaling.folders import make_folders
from signaling.settings import Settings


async def open_database(settings: Settings) -> Database:
    """The database with the newest tables; whoever opens it closes it."""
    make_folders(settings)
    url = _url(settings)
    await migrate(url)
    return Database(url)


def open_as_it_is(settings: Settings) -> Database:
    """The database to be looked at: nothing is made, nothing brought up to date, and an SQLite file not written.

    Raises `NotFound` where there is no file.
    """
    url = sa.make_url(_url(settings))
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        if not file.is_file():
            raise NotFound(f"there is no database {file}", "database")
        url = url.set(database=file.absolute().as_uri(), query={"mode": "ro", "uri": "true"})
    return Database(url.render_as_string(hide_password=False))


def _url(settings: Settings) -> str:
    environment = {"DATABASE_URL": settings.database_url} if settings.database_url else {}
    return RowSettings.from_environ(environment, settings.data).database_url
