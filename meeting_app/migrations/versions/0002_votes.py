"""Votes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SHARES = "IN ('more_than_half', 'two_thirds', 'three_quarters')"


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("base", sa.String(length=16), nullable=False),
        sa.Column("quorum", sa.String(length=16), nullable=False),
        sa.Column("convened", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('open')", name=op.f("ck_votes_kind")),
        sa.CheckConstraint(f"rule {SHARES}", name=op.f("ck_votes_rule")),
        sa.CheckConstraint("base IN ('present', 'convened')", name=op.f("ck_votes_base")),
        sa.CheckConstraint(f"quorum {SHARES}", name=op.f("ck_votes_quorum")),
        sa.CheckConstraint("state IN ('open', 'closed', 'published', 'cancelled')", name=op.f("ck_votes_state")),
        sa.CheckConstraint("present > 0 AND convened >= present", name=op.f("ck_votes_counts")),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f("ck_votes_closed")),
        sa.CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_votes_published")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_votes_meeting_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "item_id"],
            ["agenda_items.meeting_id", "agenda_items.id"],
            name=op.f("fk_votes_meeting_id_item_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_votes_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "seq", name=op.f("uq_votes_meeting_id_seq")),
    )
    op.create_index(
        "one_running_vote",
        "votes",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'closed')"),
        postgresql_where=sa.text("state IN ('open', 'closed')"),
    )
    op.create_table(
        "vote_rights",
        sa.Column("vote_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_vote_rights_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "vote_id"],
            ["votes.meeting_id", "votes.id"],
            name=op.f("fk_vote_rights_meeting_id_vote_id"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "participant_id", name=op.f("pk_vote_rights")),
    )
    op.create_table(
        "open_ballots",
        sa.Column("vote_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("choice IN ('for', 'against', 'other')", name=op.f("ck_open_ballots_choice")),
        sa.ForeignKeyConstraint(
            ["vote_id", "participant_id"],
            ["vote_rights.vote_id", "vote_rights.participant_id"],
            name=op.f("fk_open_ballots_vote_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "participant_id", name=op.f("pk_open_ballots")),
    )


def downgrade() -> None:
    for table in ("open_ballots", "vote_rights", "votes"):
        op.drop_table(table)
