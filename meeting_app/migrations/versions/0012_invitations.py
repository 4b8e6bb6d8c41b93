"""Invitations, answers and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WAITS = "sent_at IS NULL AND refused_at IS NULL"


def of_this_meeting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["meeting_id", "participant_id"],
        ["participants.meeting_id", "participants.id"],
        name=op.f(f"fk_{table}_meeting_id_participant_id"),
    )


def upgrade() -> None:
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("answer", sa.String(length=16), nullable=False, server_default="pending"))
        table.add_column(sa.Column("stands_for_id", sa.String(length=36), nullable=True))
        table.create_check_constraint(
            op.f("ck_participants_answer"), "answer IN ('pending', 'accepted', 'declined', 'substituted')"
        )
        table.create_check_constraint(
            op.f("ck_participants_replaced"), "answer <> 'substituted' OR removed_at IS NOT NULL"
        )
        table.create_unique_constraint(op.f("uq_participants_stands_for_id"), ["stands_for_id"])
        table.create_foreign_key(
            op.f("fk_participants_meeting_id_stands_for_id"),
            "participants",
            ["meeting_id", "stands_for_id"],
            ["meeting_id", "id"],
        )
    op.create_table(
        "letters",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("above", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("powers", sa.String(length=200), nullable=False),
        sa.Column("signer_title", sa.String(length=200), nullable=False),
        sa.Column("signer", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_letters_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_letters")),
    )
    op.create_table(
        "invitations",
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("sealed_link", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        of_this_meeting("invitations"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_invitations")),
    )
    op.create_index("invitations_of_a_meeting", "invitations", ["meeting_id"])
    op.create_table(
        "mails",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        of_this_meeting("mails"),
        sa.CheckConstraint("kind IN ('invitation', 'reminder')", name=op.f("ck_mails_kind")),
        sa.CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name=op.f("ck_mails_one_end")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    op.create_index("mails_to_send", "mails", ["due_at"], sqlite_where=sa.text(WAITS), postgresql_where=sa.text(WAITS))
    op.create_index("mails_of_a_participant", "mails", ["participant_id"])


def downgrade() -> None:
    for table in ("mails", "invitations", "letters"):
        op.drop_table(table)
    with op.batch_alter_table("participants") as table:
        table.drop_constraint(op.f("fk_participants_meeting_id_stands_for_id"), type_="foreignkey")
        table.drop_constraint(op.f("uq_participants_stands_for_id"), type_="unique")
        table.drop_constraint(op.f("ck_participants_replaced"), type_="check")
        table.drop_constraint(op.f("ck_participants_answer"), type_="check")
        table.drop_column("stands_for_id")
        table.drop_column("answer")
