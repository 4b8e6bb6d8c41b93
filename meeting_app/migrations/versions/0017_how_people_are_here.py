"""How people are here."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attendance_spans") as table:
        table.add_column(sa.Column("how", sa.String(length=16), nullable=False, server_default="remote"))
        table.create_check_constraint(op.f("ck_attendance_spans_how"), "how IN ('remote', 'in_person')")


def downgrade() -> None:
    with op.batch_alter_table("attendance_spans") as table:
        table.drop_constraint(op.f("ck_attendance_spans_how"), type_="check")
        table.drop_column("how")
