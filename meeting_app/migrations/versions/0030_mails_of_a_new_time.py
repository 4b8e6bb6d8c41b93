"""Mails that tell those invited of a new time."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KINDS = "kind IN ('invitation', 'reminder', 'tomorrow', 'soon', 'task'{})"


def upgrade() -> None:
    with op.batch_alter_table("mails") as table:
        table.drop_constraint(op.f("ck_mails_kind"), type_="check")
        table.create_check_constraint(op.f("ck_mails_kind"), KINDS.format(", 'moved'"))


def downgrade() -> None:
    op.execute("DELETE FROM mails WHERE kind = 'moved'")
    with op.batch_alter_table("mails") as table:
        table.drop_constraint(op.f("ck_mails_kind"), type_="check")
        table.create_check_constraint(op.f("ck_mails_kind"), KINDS.format(""))
