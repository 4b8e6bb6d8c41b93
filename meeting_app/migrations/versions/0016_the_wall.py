"""What the screens of the hall show, where somebody chose it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "wall_choices",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("shows", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "shows IN ('auto', 'speaker', 'agenda', 'vote', 'conclusions', 'address')",
            name=op.f("ck_wall_choices_shows"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_wall_choices_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_wall_choices")),
    )


def downgrade() -> None:
    op.drop_table("wall_choices")
