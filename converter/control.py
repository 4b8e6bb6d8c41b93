"""What goes in and out of a conversion, and of packing, as JSON in files."""

from __future__ import annotations

from typing import Literal

import msgspec

UNCONFINED = "--unconfined"  # an argument: go on where the kernel cannot confine the process
ANSWER = "answer.json"  # in the folder of the pages, written last
CLEAN = "clean.pdf"  # in the folder: the whole file as a PDF that does nothing

Problem = Literal[
    "unknown_kind",  # no document and no picture
    "encrypted",
    "corrupt",
    "empty",
    "too_many_pages",
    "too_large_picture",
    "no_office",  # an Office file, and no LibreOffice on this machine
    "unconfined",  # the kernel cannot confine the process, and nobody said to go on all the same
    "missing",  # the file itself is not there any more
    "too_hard",  # took more time or memory than a file may take
]
Kind = Literal["pdf", "word", "excel", "powerpoint", "picture"]


class Page(msgspec.Struct, frozen=True):
    """In points, 1/72 inch, as the page is seen: turned upright and cropped."""

    width: float
    height: float


class Converted(msgspec.Struct, frozen=True, tag="converted"):
    """Beside it lie, for each page from 1: `1.webp`, `1.small.webp`, `1.json`, a list of `Run`, and of a large page
    `1.preview.webp`.
    """

    kind: Kind
    pages: tuple[Page, ...]
    removed: int  # scripts, launches and embedded files that were in it


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    problem: Problem


class Run(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of text in one line; its box in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    width: float
    height: float


Answer = Converted | Failed


class Paper(msgspec.Struct, frozen=True):
    title: str
    file: str  # path of a PDF that `harmless` made
    restricted: bool = False  # the sheet of the plan is laid on its pages


class Section(msgspec.Struct, frozen=True):
    """A heading of a pack's outline."""

    title: str
    papers: tuple[Paper, ...]  # at least one


class Plan(msgspec.Struct, frozen=True):
    sections: tuple[Section, ...]
    sheet: str | None = None  # path of a PDF that bears who takes the pack; None: nothing in it is restricted
