"""Two queues and their time: kinds of requests, limits and pauses of speeches, the rules of the floor."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KIND = "kind IN ('speech', 'question')"
WAITING = sa.text("state = 'waiting'")
# SQLite's CHECK constraints are lost where a table is replaced, unless they are said again.
OF_REQUESTS = (
    sa.CheckConstraint("state IN ('waiting', 'called', 'withdrawn')", name=op.f("ck_speech_requests_state")),
)
OF_SPEECHES = (sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_speeches_order")),)
NEW_OF_REQUESTS = (sa.CheckConstraint(KIND, name=op.f("ck_speech_requests_kind")),)
NEW_OF_SPEECHES = (
    sa.CheckConstraint(KIND, name=op.f("ck_speeches_kind")),
    sa.CheckConstraint("limit_s >= 0 AND paused_ms >= 0", name=op.f("ck_speeches_times")),
    sa.CheckConstraint("paused_at IS NULL OR ended_at IS NULL", name=op.f("ck_speeches_paused")),
)


def upgrade() -> None:
    op.create_table(
        "floor_rules",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("turn_order", sa.String(length=16), nullable=False),
        sa.Column("speech_limit_s", sa.Integer(), nullable=False),
        sa.Column("question_limit_s", sa.Integer(), nullable=False),
        sa.Column("unit_budget_s", sa.Integer(), nullable=False),
        sa.CheckConstraint("turn_order IN ('asked', 'unit', 'spoken')", name=op.f("ck_floor_rules_turn_order")),
        sa.CheckConstraint(
            "speech_limit_s >= 0 AND question_limit_s >= 0 AND unit_budget_s >= 0", name=op.f("ck_floor_rules_times")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_floor_rules_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_floor_rules")),
    )
    op.drop_index("one_waiting_request", "speech_requests")
    with op.batch_alter_table("speech_requests", table_args=OF_REQUESTS) as requests:
        requests.add_column(sa.Column("kind", sa.String(length=16), nullable=False, server_default="speech"))
        for check in NEW_OF_REQUESTS:
            requests.create_check_constraint(check.name, check.sqltext)
    with op.batch_alter_table("speech_requests", table_args=(*OF_REQUESTS, *NEW_OF_REQUESTS)) as requests:
        requests.alter_column("kind", server_default=None)
    op.create_index(
        "one_waiting_request",
        "speech_requests",
        ["participant_id", "kind"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    with op.batch_alter_table("speeches", table_args=OF_SPEECHES) as speeches:
        speeches.add_column(sa.Column("kind", sa.String(length=16), nullable=False, server_default="speech"))
        speeches.add_column(sa.Column("limit_s", sa.Integer(), nullable=False, server_default="0"))
        speeches.add_column(sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
        speeches.add_column(sa.Column("paused_ms", sa.BigInteger(), nullable=False, server_default="0"))
        for check in NEW_OF_SPEECHES:
            speeches.create_check_constraint(check.name, check.sqltext)
    with op.batch_alter_table("speeches", table_args=(*OF_SPEECHES, *NEW_OF_SPEECHES)) as speeches:
        for column in ("kind", "limit_s", "paused_ms"):
            speeches.alter_column(column, server_default=None)


def downgrade() -> None:
    op.drop_index("one_waiting_request", "speech_requests")
    with op.batch_alter_table("speeches", table_args=(*OF_SPEECHES, *NEW_OF_SPEECHES)) as speeches:
        for check in NEW_OF_SPEECHES:
            speeches.drop_constraint(check.name, type_="check")
        for column in ("kind", "limit_s", "paused_at", "paused_ms"):
            speeches.drop_column(column)
    op.execute("UPDATE speech_requests SET state = 'withdrawn' WHERE kind = 'question' AND state = 'waiting'")
    with op.batch_alter_table("speech_requests", table_args=(*OF_REQUESTS, *NEW_OF_REQUESTS)) as requests:
        for check in NEW_OF_REQUESTS:
            requests.drop_constraint(check.name, type_="check")
        requests.drop_column("kind")
    op.create_index(
        "one_waiting_request",
        "speech_requests",
        ["participant_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.drop_table("floor_rules")
