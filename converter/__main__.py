"""`python -m converter [--unconfined] FILE FOLDER`: pages of the file, and an answer, into the folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import msgspec

from converter import harmless, kinds, office, pages, pictures
from converter.confine import may_go_on
from converter.control import ANSWER, CLEAN, Answer, Converted, Failed
from converter.errors import Unusable

MOST_PAGES = 1000


def convert(source: Path, folder: Path) -> Answer:
    """What became of the file."""
    with tempfile.TemporaryDirectory(dir=folder) as rough:
        made = Path(rough) / "made.pdf"
        try:
            kind = kinds.kind_of(source)
            if kind == "picture":
                pictures.to_pdf(source, made, MOST_PAGES)
            elif kind == "pdf":
                made = source
            else:
                made = office.to_pdf(source, Path(rough))
            removed = harmless.clean(made, folder / CLEAN, MOST_PAGES)
            return Converted(kind, pages.render(folder / CLEAN, folder), removed)
        except Unusable as unusable:
            return Failed(unusable.code)
        except MemoryError:
            return Failed("too_hard")


def main() -> None:
    said, (source, folder) = sys.argv[1:-2], map(Path, sys.argv[-2:])
    answer = convert(source, folder) if may_go_on(said, [source], folder) else Failed("unconfined")
    rough = folder / f"{ANSWER}.part"  # an answer is whole or absent
    rough.write_bytes(msgspec.json.encode(answer))
    rough.replace(folder / ANSWER)


if __name__ == "__main__":
    main()
