"""Notes that people write for themselves beside a page."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_notes",
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_page_notes_text")),
        sa.CheckConstraint("page > 0", name=op.f("ck_page_notes_page")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_page_notes_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "version_id"],
            ["document_versions.meeting_id", "document_versions.id"],
            name=op.f("fk_page_notes_meeting_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("participant_id", "version_id", "page", name=op.f("pk_page_notes")),
    )


def downgrade() -> None:
    op.drop_table("page_notes")
