"""Tables of `docs/meeting.md`, to hold them against the code."""

from __future__ import annotations

from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "meeting.md"


def table(heading: str) -> list[list[str]]:
    """The first table under `## heading`: its header and its rows, without the line between."""
    section = DOCUMENT.read_text().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]
    return [rows[0], *rows[2:]]
