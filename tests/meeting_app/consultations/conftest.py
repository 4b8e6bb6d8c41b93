"""A consultation that some units were asked for."""

from __future__ import annotations

import pytest_asyncio

from meeting_app.db import Database
from tests.meeting_app.consulting import Table, ask


@pytest_asyncio.fixture(loop_scope="session")
async def table(db: Database) -> Table:
    return await ask(db)
