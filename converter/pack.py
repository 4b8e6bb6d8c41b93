"""`python -m converter.pack [--unconfined] PLAN FILE`: papers as one PDF, with an outline by sections."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pikepdf
from pikepdf import OutlineItem

from converter.confine import may_go_on
from converter.control import Plan
from converter.marking import cover, open_flat


def pack(plan: Plan, target: Path) -> None:
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        sheet = opened.enter_context(pikepdf.open(plan.sheet)) if plan.sheet is not None else None
        with whole.open_outline() as outline:
            for section in plan.sections:
                top = OutlineItem(section.title, len(whole.pages))
                for paper in section.papers:
                    top.children.append(OutlineItem(paper.title, len(whole.pages)))
                    # Pages are read from their own file when the whole is written.
                    first = len(whole.pages)
                    source = open_flat(Path(paper.file)) if paper.restricted else pikepdf.open(paper.file)
                    whole.pages.extend(opened.enter_context(source).pages)
                    if paper.restricted:
                        cover(whole, whole.pages[first:], sheet.pages[0])
                outline.root.append(top)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def main() -> None:
    said, (asked, target) = sys.argv[1:-2], map(Path, sys.argv[-2:])
    plan = msgspec.json.decode(asked.read_bytes(), type=Plan)  # it is our own
    papers = [Path(paper.file) for section in plan.sections for paper in section.papers]
    if not may_go_on(said, papers if plan.sheet is None else [*papers, Path(plan.sheet)], target.parent):
        sys.exit(1)
    pack(plan, target)


if __name__ == "__main__":
    main()
