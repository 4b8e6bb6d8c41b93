"""Papers: documents, their versions, uploads, the page that is shown."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("audience IN ('everybody', 'delegates', 'leaders')", name=op.f("ck_documents_audience")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "item_id"],
            ["agenda_items.meeting_id", "agenda_items.id"],
            name=op.f("fk_documents_meeting_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_documents_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_documents_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "seq", name=op.f("uq_documents_meeting_id_seq")),
    )
    op.create_table(
        "document_versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("added_by", sa.String(length=36), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name=op.f("ck_document_versions_problem")),
        sa.CheckConstraint("(state = 'ready') = (pages IS NOT NULL)", name=op.f("ck_document_versions_pages")),
        sa.CheckConstraint("approved_at IS NULL OR state = 'ready'", name=op.f("ck_document_versions_approved")),
        sa.CheckConstraint("state IN ('converting', 'ready', 'failed')", name=op.f("ck_document_versions_state")),
        sa.CheckConstraint("size > 0 AND number > 0", name=op.f("ck_document_versions_counts")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "document_id"],
            ["documents.meeting_id", "documents.id"],
            name=op.f("fk_document_versions_meeting_id_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_versions_document_id_number")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_document_versions_meeting_id_id")),
    )
    op.create_table(
        "shown_pages",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("page > 0", name=op.f("ck_shown_pages_page")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_shown_pages_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "version_id"],
            ["document_versions.meeting_id", "document_versions.id"],
            name=op.f("fk_shown_pages_meeting_id_version_id"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_shown_pages_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_shown_pages")),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_uploads_size")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "document_id"],
            ["documents.meeting_id", "documents.id"],
            name=op.f("fk_uploads_meeting_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_uploads_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "version_id"],
            ["document_versions.meeting_id", "document_versions.id"],
            name=op.f("fk_uploads_meeting_id_version_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("participant_id", "key", name=op.f("uq_uploads_participant_id_key")),
    )


def downgrade() -> None:
    for table in ("uploads", "shown_pages", "document_versions", "documents"):
        op.drop_table(table)
