"""A few of the kills that `python -m tests.faults.kill_votes` makes by the hundred."""

import pytest

from signaling.settings import Settings
from tests.faults.command import database_url
from tests.faults.kill_votes import run
from tests.stories.installation import free_port


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_none_that_was_acknowledged_is_lost_or_doubled(tmp_path, kind: str):
    kills, voters = 5, 12
    with database_url(kind) as url:
        settings = Settings(data=tmp_path, database_url=url, port=free_port(), log_level="error")
        tally = await run(settings, kills, voters, seed=1)
    assert (tally.kills, tally.ballots) == (kills, kills * voters)
    assert (tally.lost, tally.doubled) == (0, 0)
