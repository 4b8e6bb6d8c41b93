"""Votes of other kinds, and ballots that are sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = "kind IN ('open', 'secret', 'show_of_hands', 'election')"
SEALED = "kind IN ('secret', 'election')"
COUNTED = "kind <> 'open' AND state IN ('closed', 'published')"


def upgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("public_key", sa.String(length=64), nullable=True))
        votes.add_column(sa.Column("counts", sa.JSON(), nullable=True))
        votes.add_column(sa.Column("codes", sa.JSON(), nullable=True))
        votes.drop_constraint(op.f("ck_votes_kind"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_kind"), KINDS)
        votes.create_check_constraint(op.f("ck_votes_key"), f"({SEALED}) = (public_key IS NOT NULL)")
        votes.create_check_constraint(op.f("ck_votes_counted"), f"({COUNTED}) = (counts IS NOT NULL)")
    op.create_table(
        "used_rights",
        sa.Column("vote_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("command_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["vote_id", "participant_id"],
            ["vote_rights.vote_id", "vote_rights.participant_id"],
            name=op.f("fk_used_rights_vote_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("vote_id", "participant_id", name=op.f("pk_used_rights")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_ballots",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("vote_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_sealed_ballots_vote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sealed_ballots_vote_id"), "sealed_ballots", ["vote_id"])


def downgrade() -> None:
    op.drop_table("sealed_ballots")
    op.drop_table("used_rights")
    with op.batch_alter_table("votes") as votes:
        for name in ("counted", "key", "kind"):
            votes.drop_constraint(op.f(f"ck_votes_{name}"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_kind"), "kind IN ('open')")
        for column in ("codes", "counts", "public_key"):
            votes.drop_column(column)
