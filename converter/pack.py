"""`python -m converter.pack [--unconfined] PLAN FILE`: papers as one PDF, with an outline by sections."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pikepdf
from pikepdf import OutlineItem

from converter.confine import may_go_on
from converter.control import Section


def pack(sections: tuple[Section, ...], target: Path) -> None:
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        with whole.open_outline() as outline:
            for section in sections:
                top = OutlineItem(section.title, len(whole.pages))
                for paper in section.papers:
                    top.children.append(OutlineItem(paper.title, len(whole.pages)))
                    # Pages are read from their own file when the whole is written.
                    whole.pages.extend(opened.enter_context(pikepdf.open(paper.file)).pages)
                outline.root.append(top)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def main() -> None:
    said, (plan, target) = sys.argv[1:-2], map(Path, sys.argv[-2:])
    sections = msgspec.json.decode(plan.read_bytes(), type=tuple[Section, ...])  # the plan is our own
    papers = [Path(paper.file) for section in sections for paper in section.papers]
    if not may_go_on(said, papers, target.parent):
        sys.exit(1)
    pack(sections, target)


if __name__ == "__main__":
    main()
