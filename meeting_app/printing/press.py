"""Sets one paper: a template of ours and its data in, a PDF out; a program of its own, with hard limits.

Reads `{"template": name, "data": {...}}` from its input. The data are read by the template as data and never become
part of its text, so nothing that people wrote is markup. No file outside this folder is read, none is written.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MEMORY_BYTES = 2 * 1024**3  # of addresses, most of which are never used
SECONDS = 20


def main() -> None:
    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    import typst  # after the limits

    asked = json.load(sys.stdin.buffer)
    pdf = typst.compile(
        (HERE / Path(asked["template"]).name).with_suffix(".typ"),
        root=HERE,
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        package_path=HERE / "none",
        package_cache_path=HERE / "none",
        sys_inputs={"data": json.dumps(asked["data"], ensure_ascii=False)},
        format="pdf",
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
