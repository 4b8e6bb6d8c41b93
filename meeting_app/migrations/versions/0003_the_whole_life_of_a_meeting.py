"""The whole life of a meeting, its kind and its place."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = ("conference", "standing_committee", "supervision", "critique", "consultation")
BEFORE = ("draft", "check_in", "in_session", "paused", "closed", "cancelled")
NOW = (
    *("draft", "submitted", "approved", "invited", "check_in", "in_session"),
    *("paused", "closed", "cancelled", "postponed"),
)


def one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def upgrade() -> None:
    with op.batch_alter_table("meetings") as table:
        table.add_column(sa.Column("kind", sa.String(length=24), nullable=False, server_default="conference"))
        table.add_column(sa.Column("place", sa.String(length=500), nullable=False, server_default=""))
        table.drop_constraint(op.f("ck_meetings_state"), type_="check")
        table.create_check_constraint(op.f("ck_meetings_state"), one_of("state", NOW))
        table.create_check_constraint(op.f("ck_meetings_kind"), one_of("kind", KINDS))


def downgrade() -> None:
    with op.batch_alter_table("meetings") as table:
        table.drop_constraint(op.f("ck_meetings_kind"), type_="check")
        table.drop_constraint(op.f("ck_meetings_state"), type_="check")
        table.create_check_constraint(op.f("ck_meetings_state"), one_of("state", BEFORE))
        table.drop_column("kind")
        table.drop_column("place")
