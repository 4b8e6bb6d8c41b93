"""Elections with several candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ELECTION = (
    "(kind = 'election' AND candidates IS NOT NULL AND seats > 0 AND least BETWEEN 0 AND seats) "
    "OR (kind <> 'election' AND candidates IS NULL AND seats IS NULL AND least IS NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("candidates", sa.JSON(), nullable=True))
        votes.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        votes.add_column(sa.Column("least", sa.Integer(), nullable=True))
        votes.create_check_constraint(op.f("ck_votes_election"), ELECTION)


def downgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.drop_constraint(op.f("ck_votes_election"), type_="check")
        for column in ("least", "seats", "candidates"):
            votes.drop_column(column)
