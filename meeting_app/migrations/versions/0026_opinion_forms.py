"""Opinion forms: open votes with a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        votes.create_check_constraint(op.f("ck_votes_due"), "due_at IS NULL OR (kind = 'open' AND due_at > opened_at)")


def downgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        votes.drop_constraint(op.f("ck_votes_due"), type_="check")
        votes.drop_column("due_at")
