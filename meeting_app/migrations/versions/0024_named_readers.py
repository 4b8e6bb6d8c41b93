"""Papers that name who may read them."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BEFORE = "audience IN ('everybody', 'delegates', 'leaders')"
AFTER = "audience IN ('everybody', 'delegates', 'leaders', 'named')"
NAMED = "(audience = 'named') = (readers IS NOT NULL)"


def upgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("readers", sa.Text(), nullable=True))
        table.drop_constraint(op.f("ck_documents_audience"), type_="check")
        table.create_check_constraint(op.f("ck_documents_audience"), AFTER)
        table.create_check_constraint(op.f("ck_documents_readers"), NAMED)
    with op.batch_alter_table("uploads", recreate="always") as table:
        table.add_column(sa.Column("readers", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("documents") as table:
        table.drop_constraint(op.f("ck_documents_readers"), type_="check")
        table.drop_constraint(op.f("ck_documents_audience"), type_="check")
        table.create_check_constraint(op.f("ck_documents_audience"), BEFORE)
        table.drop_column("readers")
    with op.batch_alter_table("uploads") as table:
        table.drop_column("readers")
