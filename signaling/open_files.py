"""How many connections and files the service may have open at once.

Past its limit a connection is closed without an answer and without a line in the log. The limit that counts, the soft
one, is 1024 on most systems, for programs that use select(2); we do not, and may raise it up to the hard one.
"""

from __future__ import annotations

import resource

import structlog

from signaling.settings import Settings

A_SEAT = 7  # its socket, and six connections for HTTP, as many as a browser opens to one address
BESIDE = 256  # rows, files of papers, workers, the converter
ENOUGH = 65_536  # some hard limits are 10⁹, and some programs that we start close each number up to it

log = structlog.get_logger("signaling.open_files")


def needed(settings: Settings) -> int:
    """For a meeting with every seat taken."""
    return settings.seats * A_SEAT + BESIDE


def allow_open_files(settings: Settings) -> None:
    """Raise this process's limit, which its children inherit, and say when it stays below what is needed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = max(soft, min(hard, max(ENOUGH, needed(settings))))
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed < needed(settings):
        log.warning("few_open_files", allowed=allowed, needed=needed(settings), seats=settings.seats)
    else:
        log.info("open_files", allowed=allowed, before=soft)
