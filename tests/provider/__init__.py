"""A real provider of sign-ins, run by Node, with packages of its own."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
TIMEOUT_S = 110


def why_not() -> str | None:
    """Why there can be no provider here; None when there can."""
    return None if shutil.which("npm") and shutil.which("node") else "no Node"


@contextmanager
def running(redirect: str) -> Iterator[str]:
    """Its issuer, while it runs; it sends browsers back to `redirect`."""
    with (HERE / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side, and the packages are fetched once
        if not (HERE / "node_modules" / "oidc-provider").is_dir():
            subprocess.run(
                ["npm", "ci", "--ignore-scripts"], cwd=HERE, check=True, capture_output=True, timeout=TIMEOUT_S
            )
    # It ends with its input: `node` may be a script around the real one, which a signal would not reach.
    with subprocess.Popen(
        ["node", "provider.mjs", redirect],
        cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        yield process.stdout.readline().strip()
        process.stdin.close()
        process.wait(timeout=10)
