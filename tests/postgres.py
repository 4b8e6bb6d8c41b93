"""A PostgreSQL of the tests' own: Debian's binaries, a temporary folder, a Unix socket and no network."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LIMIT_S = 30


def find_binaries() -> Path | None:
    """The newest version that Debian has put here."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda path: float(path.parent.name))


def why_not() -> str | None:
    """Why there can be no PostgreSQL here; None when there can."""
    if find_binaries() is None:
        return "no PostgreSQL in /usr/lib/postgresql (apt install postgresql)"
    if os.geteuid() == 0 and "postgres" not in (entry.pw_name for entry in pwd.getpwall()):
        return "PostgreSQL refuses to run as root, and there is no user postgres"
    return None


# What a test loses when the machine fails is of no interest, so nothing waits for the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """The URL of an empty database, for as long as the block lasts; `durable` as an operator's is."""
    binaries = find_binaries()
    assert binaries is not None, why_not()
    folder = Path(tempfile.mkdtemp(prefix="hoitruong-pg-"))
    data = folder / "data"
    as_owner: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*as_owner, str(binaries / program), "-D", str(data), *arguments],
            check=True,
            timeout=LIMIT_S,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    options = f"-k {folder} -c listen_addresses= {'' if durable else CARELESS}"
    try:
        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "start", "-w", "-t", str(LIMIT_S), "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql+asyncpg://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate", "-t", str(LIMIT_S))
    finally:
        shutil.rmtree(folder)


@contextmanager
def standing_still(url: str) -> Iterator[None]:
    """The server of `cluster` says nothing while its connections stay open, as on a paused machine."""
    folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    stopped: list[int] = []
    try:
        for process in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):  # a worker of the server may have ended meanwhile
                os.kill(process, signal.SIGSTOP)
                stopped.append(process)
        yield
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)
