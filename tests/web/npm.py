"""npm in `web/`, with its packages in place."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
TIMEOUT_S = 110


def why_not() -> str | None:
    """Why npm cannot be run here; None when it can."""
    return None if shutil.which("npm") else "no npm: the browser side was built by the install, but cannot be tested"


def run(*arguments: str) -> subprocess.CompletedProcess:
    if not (WEB / "node_modules" / "vite").is_dir():
        _proved(_npm("ci", "--ignore-scripts"))
    return _npm(*arguments)


def build(script: str, folder: Path) -> None:
    """Puts what the script `build` or `gallery` makes into `folder`."""
    _proved(run("run", script, "--", "--outDir", str(folder), "--emptyOutDir"))


def _npm(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["npm", *arguments], cwd=WEB, capture_output=True, text=True, timeout=TIMEOUT_S)


def _proved(done: subprocess.CompletedProcess) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
