"""Revisions of units and people, so that two who write at once see each other's text."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("units", "people"):
        with op.batch_alter_table(table) as rows:
            rows.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        with op.batch_alter_table(table) as rows:
            rows.alter_column("revision", server_default=None)


def downgrade() -> None:
    for table in ("people", "units"):
        with op.batch_alter_table(table) as rows:
            rows.drop_column("revision")
