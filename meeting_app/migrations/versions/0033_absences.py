"""Whether an absence is agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitations", recreate="always") as table:
        table.add_column(sa.Column("excused", sa.Boolean(), nullable=True))
        table.create_check_constraint(op.f("ck_invitations_excused"), "excused IS NULL OR reason <> ''")


def downgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.drop_constraint(op.f("ck_invitations_excused"), type_="check")
        table.drop_column("excused")
