"""UTC times as rows and messages carry them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import ColumnElement, DateTime, Dialect, Text, cast
from sqlalchemy.types import TypeDecorator

STORED_AT = "%Y-%m-%d %H:%M:%S.%f"  # as SQLAlchemy spells a moment for SQLite

# One zone, and no summer time.
VIETNAM = timezone(timedelta(hours=7))


# Asia/Ho_Chi_Minh has had this offset since 1975 and no summer time.
LOCAL = timezone(timedelta(hours=7), "+07")


class UtcTime(TypeDecorator[datetime]):
    """A moment. SQLite keeps no zone, so all are stored in UTC and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def as_stored(column: ColumnElement[datetime], dialect: Dialect) -> ColumnElement[datetime | str]:
    """The column as the database keeps it, for `from_stored`: SQLite has text, in which a moment has many spellings."""
    return cast(column, Text) if dialect.name == "sqlite" else column


def from_stored(value: datetime | str) -> datetime:
    """Raises `ValueError` for a text that is not spelled as it was written."""
    if isinstance(value, datetime):
        return value
    moment = datetime.strptime(value, STORED_AT).replace(tzinfo=UTC)
    if moment.strftime(STORED_AT) != value:
        raise ValueError(f"{value!r} is spelled otherwise")
    return moment


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds and a `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def whole_seconds(since: datetime, until: datetime) -> int:
    """Seconds that have passed, never negative: a clock that is set back must not undo them."""
    return max(0, int((until - since).total_seconds()))
