"""What the commands that kill the service have in common: a run on each database, a line for each, and the status."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, Protocol

from signaling.settings import Settings
from tests import postgres
from tests.stories.installation import free_port


class Tally(Protocol):
    """A dataclass of counts."""

    @property
    def faults(self) -> int: ...


@contextlib.contextmanager
def database_url(kind: str) -> Iterator[str]:
    """Empty for SQLite, which the service makes itself."""
    if kind == "sqlite":
        yield ""
        return
    if reason := postgres.why_not():
        sys.exit(reason)
    with postgres.cluster() as url:
        yield url


def on_each_database(
    parser: argparse.ArgumentParser,
    run: Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, Tally]],
    **settings: Any,
) -> None:
    """Runs by the command line and prints each tally; ends with status 1 when one of them has a fault."""
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    given = parser.parse_args()
    faults = 0
    for kind in given.database:
        with database_url(kind) as url, tempfile.TemporaryDirectory(prefix="hoitruong-kills-") as folder:
            made = Settings(data=Path(folder), database_url=url, port=free_port(), log_level="error", **settings)
            tally = asyncio.run(run(made, given))
        print(kind, *(f"{name} {value}" for name, value in vars(tally).items()), flush=True)
        faults += tally.faults
    sys.exit(1 if faults else 0)
