"""Runs migrations on the connection that `meeting_app.db.migrate` gives."""

from typing import Any, Literal

from alembic import context

from meeting_app.models import Base
from meeting_app.times import UtcTime


def plainly(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Name a moment by the column it becomes: old migrations must not change with our code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plainly,
)
with context.begin_transaction():
    context.run_migrations()
