"""Consultation before signature."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signer_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_file", sa.String(length=64), nullable=True),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name=op.f("ck_consultations_signed")),
        sa.CheckConstraint("state IN ('draft', 'open', 'signed', 'withdrawn')", name=op.f("ck_consultations_state")),
        sa.CheckConstraint("(signed_at IS NULL) = (signed_file IS NULL)", name=op.f("ck_consultations_signed_file")),
        sa.ForeignKeyConstraint(["signer_id"], ["accounts.id"], name=op.f("fk_consultations_signer_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_consultations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index(op.f("ix_consultations_signer_id"), "consultations", ["signer_id"], unique=False)
    op.create_index(op.f("ix_consultations_unit_id"), "consultations", ["unit_id"], unique=False)
    op.create_table(
        "consultation_drafts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(length=32), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name=op.f("ck_consultation_drafts_problem")),
        sa.CheckConstraint("(state = 'ready') = (pages IS NOT NULL)", name=op.f("ck_consultation_drafts_pages")),
        sa.CheckConstraint("state IN ('converting', 'ready', 'failed')", name=op.f("ck_consultation_drafts_state")),
        sa.CheckConstraint("size > 0 AND number > 0", name=op.f("ck_consultation_drafts_counts")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consultation_drafts_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_drafts")),
        sa.UniqueConstraint("consultation_id", "id", name=op.f("uq_consultation_drafts_consultation_id_id")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_consultation_drafts_consultation_id_number")),
    )
    op.create_table(
        "consultation_events",
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consultation_events_consultation_id")
        ),
        sa.PrimaryKeyConstraint("consultation_id", "seq", name=op.f("pk_consultation_events")),
    )
    op.create_table(
        "consulted_units",
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("waiver", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_consulted_units_consultation_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_consulted_units_unit_id")),
        sa.PrimaryKeyConstraint("consultation_id", "unit_id", name=op.f("pk_consulted_units")),
    )
    op.create_index(op.f("ix_consulted_units_unit_id"), "consulted_units", ["unit_id"], unique=False)
    op.create_table(
        "consultation_mails",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('asked', 'reminder')", name=op.f("ck_consultation_mails_kind")),
        sa.CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name=op.f("ck_consultation_mails_one_end")),
        sa.ForeignKeyConstraint(
            ["consultation_id", "unit_id"],
            ["consulted_units.consultation_id", "consulted_units.unit_id"],
            name=op.f("fk_consultation_mails_consultation_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_mails")),
    )
    op.create_index(op.f("ix_consultation_mails_due_at"), "consultation_mails", ["due_at"], unique=False)
    op.create_index("mails_of_a_consultation", "consultation_mails", ["consultation_id", "unit_id"], unique=False)
    op.create_table(
        "opinions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.CheckConstraint("choice = 'agree' OR text <> ''", name=op.f("ck_opinions_text")),
        sa.CheckConstraint("choice IN ('agree', 'disagree', 'other')", name=op.f("ck_opinions_choice")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_opinions_account_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id", "draft_id"],
            ["consultation_drafts.consultation_id", "consultation_drafts.id"],
            name=op.f("fk_opinions_consultation_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id", "unit_id"],
            ["consulted_units.consultation_id", "consulted_units.unit_id"],
            name=op.f("fk_opinions_consultation_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint("consultation_id", "id", name=op.f("uq_opinions_consultation_id_id")),
        sa.UniqueConstraint(
            "consultation_id", "unit_id", "number", name=op.f("uq_opinions_consultation_id_unit_id_number")
        ),
    )
    op.create_table(
        "opened_opinions",
        sa.Column("opinion_id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id", "opinion_id"],
            ["opinions.consultation_id", "opinions.id"],
            name=op.f("fk_opened_opinions_consultation_id_opinion_id"),
        ),
        sa.PrimaryKeyConstraint("opinion_id", name=op.f("pk_opened_opinions")),
    )
    op.create_table(
        "opinion_replies",
        sa.Column("opinion_id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome = 'accepted' OR text <> ''", name=op.f("ck_opinion_replies_text")),
        sa.CheckConstraint("outcome IN ('accepted', 'partly', 'rejected')", name=op.f("ck_opinion_replies_outcome")),
        sa.ForeignKeyConstraint(
            ["consultation_id", "opinion_id"],
            ["opinions.consultation_id", "opinions.id"],
            name=op.f("fk_opinion_replies_consultation_id_opinion_id"),
        ),
        sa.PrimaryKeyConstraint("opinion_id", name=op.f("pk_opinion_replies")),
    )


def downgrade() -> None:
    op.drop_table("opinion_replies")
    op.drop_table("opened_opinions")
    op.drop_table("opinions")
    op.drop_table("consultation_mails")
    op.drop_table("consulted_units")
    op.drop_table("consultation_events")
    op.drop_table("consultation_drafts")
    op.drop_table("consultations")
