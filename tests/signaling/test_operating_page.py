"""docs/operating.md says what the settings say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from signaling import prepare
from signaling.settings import VARIABLES, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `((?:HOITRUONG_\w+|DATABASE_URL))` \| ([^|]*)\|", PAGE, re.MULTILINE))


def test_every_setting_is_in_the_table() -> None:
    assert set(ROWS) == set(VARIABLES)


@pytest.mark.parametrize("variable", sorted(set(VARIABLES) - {"HOITRUONG_WEB"}))
def test_the_default_is_the_one_in_the_table(variable: str) -> None:
    default = getattr(Settings(), VARIABLES[variable])
    shown = ROWS[variable].strip().strip("`")
    if isinstance(default, bool):
        assert shown == str(default).lower()
    elif isinstance(default, int | float):
        assert float(shown) == default
    else:
        assert shown == ("" if default in ("", ()) else str(default))


def test_the_example_of_a_meeting_is_one(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL).group(1), "utf-8")
    assert [person.role for person in prepare.read_plan(plan).participants] == ["chair", "secretary", "delegate"]
