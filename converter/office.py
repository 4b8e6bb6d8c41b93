"""Word, Excel and PowerPoint as PDF, by LibreOffice where the machine has it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from converter.errors import Unusable

LIMIT_S = 120


def to_pdf(source: Path, folder: Path) -> Path:
    """The PDF, in `folder`. Raises `Unusable`."""
    program = shutil.which("soffice")
    if program is None:
        raise Unusable("no_office")
    profile = folder / "profile"  # of its own: two at once would share one, and macros stay off in a new one
    try:
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={profile.absolute().as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                str(source),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_S,
            env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unusable("too_hard") from error
    made = folder / f"{source.stem}.pdf"
    if not made.is_file():  # it says nothing useful, and ends with 0 for what it cannot read
        raise Unusable("corrupt", "LibreOffice made no PDF of it")
    return made
