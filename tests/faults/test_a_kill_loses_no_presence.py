"""A few of the kills that `python -m tests.faults.kill_attendance` makes by the dozen."""

import pytest

from signaling.settings import Settings
from tests.faults.command import database_url
from tests.faults.kill_attendance import GRACES, STEADY, run
from tests.stories.installation import free_port


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_who_was_told_to_be_present_was_present(tmp_path, kind: str):
    kills = 3
    with database_url(kind) as url:
        settings = Settings(data=tmp_path, database_url=url, port=free_port(), log_level="error", **GRACES)
        tally = await run(settings, kills, seed=1)
    assert tally.kills == kills
    assert tally.visits >= STEADY * kills
    assert (tally.lost, tally.doubled, tally.untold, tally.ghosts, tally.wrong) == (0, 0, 0, 0, 0)
