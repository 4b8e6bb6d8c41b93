"""The worker's log: one line an event on the standard error stream, without the values of variables."""

import logging
import sys

import structlog

from sfu.settings import Settings


def configure(settings: Settings) -> None:
    json = settings.log_format == "json"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # A traceback with local variables would show ICE passwords.
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer() if json else structlog.processors.LogfmtRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, settings.log_level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
