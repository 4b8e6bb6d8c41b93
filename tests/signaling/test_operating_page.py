"""docs/operating.md says what the settings say."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

import sfu.settings
from signaling import prepare
from signaling.settings import VARIABLES, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text("utf-8")


def rows(heading: str) -> dict[str, str]:
    """Variables and their defaults, as the table below that heading shows them."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `((?:HOITRUONG_\w+|DATABASE_URL|SMTP_URL))` \| ([^|]*)\|", section, re.MULTILINE))


ROWS = rows("Settings")
WORKER_ROWS = rows("A media worker by itself")
WORKER_VARIABLES = {f"HOITRUONG_SFU_{field.name.upper()}": field.default for field in fields(sfu.settings.Settings)}


def test_every_setting_is_in_the_table() -> None:
    assert set(ROWS) == set(VARIABLES)
    assert set(WORKER_ROWS) == set(WORKER_VARIABLES)


@pytest.mark.parametrize("variable", sorted(set(VARIABLES) - {"HOITRUONG_WEB"}))
def test_the_default_is_the_one_in_the_table(variable: str) -> None:
    check_shown(ROWS[variable], getattr(Settings(), VARIABLES[variable]))


@pytest.mark.parametrize("variable", sorted(WORKER_VARIABLES))
def test_the_default_of_a_worker_is_the_one_in_its_table(variable: str) -> None:
    check_shown(WORKER_ROWS[variable], WORKER_VARIABLES[variable])


def check_shown(cell: str, default: object) -> None:
    shown = cell.strip().strip("`")
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
