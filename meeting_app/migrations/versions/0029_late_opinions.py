"""Whether an opinion came after the deadline, as its log has said since it was given."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

OPINIONS = sa.table("opinions", sa.column("id", sa.String), sa.column("is_late", sa.Boolean))
EVENTS = sa.table("consultation_events", sa.column("name", sa.String), sa.column("data", sa.JSON))


def upgrade() -> None:
    with op.batch_alter_table("opinions") as table:
        table.add_column(sa.Column("is_late", sa.Boolean(), nullable=False, server_default=sa.false()))
    given = op.get_bind().execute(sa.select(EVENTS.c.data).where(EVENTS.c.name == "opinion_given"))
    late = [data["opinion"] for data in given.scalars() if data["late"]]
    for opinion in late:
        op.execute(OPINIONS.update().where(OPINIONS.c.id == opinion).values(is_late=True))
    with op.batch_alter_table("opinions") as table:
        table.alter_column("is_late", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("opinions") as table:
        table.drop_column("is_late")
