"""The one place of this service that reads time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Wall time for rows and screens, monotonic seconds for what is due; a test gives its own."""

    def utc(self) -> datetime:
        return datetime.now(UTC)

    def seconds(self) -> float:
        return time.monotonic()


def as_text(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and a `Z`, as messages carry it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
