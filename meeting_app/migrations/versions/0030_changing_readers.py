"""How often it was changed who may read a paper."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("documents") as table:
        table.alter_column("revision", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.drop_column("revision")
