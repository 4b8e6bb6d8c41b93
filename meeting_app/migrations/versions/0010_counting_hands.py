"""Hands that two tellers count, and votes that are repeated."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("repeats_id", sa.String(length=36), nullable=True))
        votes.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        votes.create_check_constraint(op.f("ck_votes_round"), "(round = 1) = (repeats_id IS NULL) AND round > 0")
        votes.create_foreign_key(
            op.f("fk_votes_meeting_id_repeats_id"), "votes", ["meeting_id", "repeats_id"], ["meeting_id", "id"]
        )
    with op.batch_alter_table("votes") as votes:
        votes.alter_column("round", server_default=None)
    op.create_table(
        "vote_tellers",
        sa.Column("vote_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_vote_tellers_place")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_vote_tellers_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "vote_id"],
            ["votes.meeting_id", "votes.id"],
            name=op.f("fk_vote_tellers_meeting_id_vote_id"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "participant_id", name=op.f("pk_vote_tellers")),
        sa.UniqueConstraint("vote_id", "place", name=op.f("uq_vote_tellers_vote_id_place")),
    )


def downgrade() -> None:
    op.drop_table("vote_tellers")
    with op.batch_alter_table("votes") as votes:
        votes.drop_constraint(op.f("fk_votes_meeting_id_repeats_id"), type_="foreignkey")
        votes.drop_constraint(op.f("ck_votes_round"), type_="check")
        votes.drop_column("round")
        votes.drop_column("repeats_id")
