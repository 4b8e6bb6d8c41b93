"""Writing the agenda: presenters of an item, its planned time, revisions, items that were taken off."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# SQLite's CHECK constraints are lost where a table is replaced, unless they are said again.
CHECKS = (
    sa.CheckConstraint("state IN ('pending', 'current', 'done')", name=op.f("ck_agenda_items_state")),
    sa.CheckConstraint("(state = 'current') = (opened_at IS NOT NULL)", name=op.f("ck_agenda_items_opened")),
    sa.CheckConstraint("budget_s >= 0 AND spent_ms >= 0", name=op.f("ck_agenda_items_times")),
)
REMOVED = sa.CheckConstraint("removed_at IS NULL OR state = 'pending'", name=op.f("ck_agenda_items_removed"))


def upgrade() -> None:
    op.create_table(
        "agenda_presenters",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_agenda_presenters_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "item_id"],
            ["agenda_items.meeting_id", "agenda_items.id"],
            name=op.f("fk_agenda_presenters_meeting_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("item_id", "place", name=op.f("pk_agenda_presenters")),
    )
    op.execute(
        "INSERT INTO agenda_presenters (item_id, place, meeting_id, name)"
        " SELECT id, 0, meeting_id, presenter FROM agenda_items WHERE presenter <> ''"
    )
    with op.batch_alter_table("agenda_items", table_args=CHECKS) as items:
        items.drop_column("presenter")
        items.add_column(sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
        items.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        items.add_column(sa.Column("changed_by", sa.String(length=36), nullable=True))
        items.add_column(sa.Column("late_change_at", sa.DateTime(timezone=True), nullable=True))
        items.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        items.create_check_constraint(op.f("ck_agenda_items_removed"), "removed_at IS NULL OR state = 'pending'")
    with op.batch_alter_table("agenda_items", table_args=(*CHECKS, REMOVED)) as items:
        items.alter_column("revision", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("agenda_items", table_args=(*CHECKS, REMOVED)) as items:
        items.drop_constraint(op.f("ck_agenda_items_removed"), type_="check")
        for column in ("removed_at", "late_change_at", "changed_by", "revision", "planned_at"):
            items.drop_column(column)
        items.add_column(sa.Column("presenter", sa.String(length=120), nullable=False, server_default=""))
    op.drop_table("agenda_presenters")
