"""Reminders that are sent by themselves, each once."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KINDS = "kind IN ('invitation', 'reminder'{})"


def upgrade() -> None:
    op.create_table(
        "reminder_rules",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("day_before", sa.Boolean(), nullable=False),
        sa.Column("hour_before", sa.Boolean(), nullable=False),
        sa.Column("task_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer_days BETWEEN 0 AND 14", name=op.f("ck_reminder_rules_answer_days")),
        sa.CheckConstraint("task_days BETWEEN 0 AND 14", name=op.f("ck_reminder_rules_task_days")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_reminder_rules_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_reminder_rules")),
    )
    keyed = sa.text("key IS NOT NULL")
    with op.batch_alter_table("mails") as table:
        table.add_column(sa.Column("key", sa.String(length=80), nullable=True))
        table.add_column(sa.Column("task_id", sa.String(length=36), nullable=True))
        table.create_foreign_key(op.f("fk_mails_task_id"), "tasks", ["task_id"], ["id"])
        table.drop_constraint(op.f("ck_mails_kind"), type_="check")
        table.create_check_constraint(op.f("ck_mails_kind"), KINDS.format(", 'tomorrow', 'soon', 'task'"))
        table.create_index(
            "one_mail_a_key", ["participant_id", "key"], unique=True, sqlite_where=keyed, postgresql_where=keyed
        )


def downgrade() -> None:
    op.execute("DELETE FROM mails WHERE kind NOT IN ('invitation', 'reminder')")
    with op.batch_alter_table("mails") as table:
        table.drop_index("one_mail_a_key")
        table.drop_constraint(op.f("ck_mails_kind"), type_="check")
        table.create_check_constraint(op.f("ck_mails_kind"), KINDS.format(""))
        table.drop_constraint(op.f("fk_mails_task_id"), type_="foreignkey")
        table.drop_column("task_id")
        table.drop_column("key")
    op.drop_table("reminder_rules")
