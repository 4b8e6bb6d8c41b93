"""Where the compiled form of `rows.c` lies, and how it is made.

Run at set-up too, before anything is installed: the standard library is all it needs.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("rows.c")
FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")


def library() -> Path:
    """Named after its source, its flags and the machine, so that one made otherwise is never loaded."""
    made_of = SOURCE.read_bytes() + " ".join((*FLAGS, platform.machine())).encode()
    return SOURCE.with_name(f"rows-{hashlib.sha256(made_of).hexdigest()[:16]}.so")


def build() -> Path | None:
    """The library, made where it is absent; None without a C compiler.

    Raises SubprocessError when the compiler does not take it, as where libc's headers are missing.
    """
    path, compiler = library(), shutil.which("cc")
    if path.exists():
        return path
    if compiler is None:
        return None
    for stale in SOURCE.parent.glob("rows-*.so"):
        stale.unlink()
    unfinished = path.with_suffix(f".{os.getpid()}")
    subprocess.run(
        [compiler, *FLAGS, str(SOURCE), "-o", str(unfinished)], check=True, timeout=60, capture_output=True, text=True
    )
    unfinished.rename(path)
    return path
