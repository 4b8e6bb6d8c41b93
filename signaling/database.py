"""The rows of this installation: where they are, and opening them."""

from __future__ import annotations

from meeting_app.db import Database, migrate
from meeting_app.settings import Settings as RowSettings
from signaling.folders import make_folders
from signaling.settings import Settings


async def open_database(settings: Settings) -> Database:
    """The database with the newest tables; whoever opens it closes it."""
    make_folders(settings)
    environment = {"DATABASE_URL": settings.database_url} if settings.database_url else {}
    url = RowSettings.from_environ(environment, settings.data).database_url
    await migrate(url)
    return Database(url)
