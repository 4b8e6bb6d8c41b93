"""Where the rows are, in any usual spelling."""

from pathlib import Path

import pytest

from meeting_app.settings import Settings


def test_without_settings_the_rows_are_a_file_in_the_data_folder():
    assert Settings.from_environ({}, Path("/d")).database_url == "sqlite+aiosqlite:////d/meetings.sqlite"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_every_usual_spelling_of_postgresql_will_do(scheme: str):
    settings = Settings.from_environ({"DATABASE_URL": f"{scheme}://u:p@h/db"}, Path("/d"))
    assert settings.database_url == "postgresql+asyncpg://u:p@h/db"
