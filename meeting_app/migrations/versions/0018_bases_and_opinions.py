"""Bases that the count tells, the most votes as a rule, and words of another opinion."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

SHARES = "'more_than_half', 'two_thirds', 'three_quarters'"


def upgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("blank", sa.Integer(), nullable=True))
        for name in ("rule", "base"):
            votes.drop_constraint(op.f(f"ck_votes_{name}"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_rule"), f"rule IN ({SHARES}, 'plurality')")
        votes.create_check_constraint(op.f("ck_votes_base"), "base IN ('present', 'convened', 'returned', 'valid')")
        votes.create_check_constraint(op.f("ck_votes_most"), "rule <> 'plurality' OR base = 'valid'")
    with op.batch_alter_table("open_ballots") as ballots:
        ballots.add_column(sa.Column("text", sa.String(length=500), nullable=True))
        ballots.create_check_constraint(op.f("ck_open_ballots_text"), "text IS NULL OR choice = 'other'")


def downgrade() -> None:
    with op.batch_alter_table("open_ballots") as ballots:
        ballots.drop_constraint(op.f("ck_open_ballots_text"), type_="check")
        ballots.drop_column("text")
    with op.batch_alter_table("votes") as votes:
        for name in ("most", "base", "rule"):
            votes.drop_constraint(op.f(f"ck_votes_{name}"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_base"), "base IN ('present', 'convened')")
        votes.create_check_constraint(op.f("ck_votes_rule"), f"rule IN ({SHARES})")
        votes.drop_column("blank")
