"""What people draw for themselves on pages."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ink_strokes",
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("tool", sa.String(length=8), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tool IN ('pen', 'marker')", name=op.f("ck_ink_strokes_tool")),
        sa.CheckConstraint("page > 0", name=op.f("ck_ink_strokes_page")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_ink_strokes_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "version_id"],
            ["document_versions.meeting_id", "document_versions.id"],
            name=op.f("fk_ink_strokes_meeting_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("participant_id", "id", name=op.f("pk_ink_strokes")),
    )
    op.create_index("ix_ink_strokes_of_a_page", "ink_strokes", ["participant_id", "version_id", "page"])


def downgrade() -> None:
    op.drop_table("ink_strokes")
