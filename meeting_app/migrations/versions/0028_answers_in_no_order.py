"""On SQLite a row id would keep the order in which answers to a survey came."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _write_anew(with_rowid=False)


def downgrade() -> None:
    _write_anew(with_rowid=True)


def _write_anew(*, with_rowid: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.rename_table("survey_answers", "survey_answers_before")
    op.create_table(
        "survey_answers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("survey_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("way IN ('open', 'personal', 'interviewer')", name=op.f("ck_survey_answers_way")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_survey_answers_account_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_answers_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sa.UniqueConstraint("survey_id", "key", name=op.f("uq_survey_answers_survey_id_key")),
        sqlite_with_rowid=with_rowid,
    )
    columns = "id, survey_id, key, way, name, account_id, data, given_at"
    op.execute(f"INSERT INTO survey_answers ({columns}) SELECT {columns} FROM survey_answers_before ORDER BY id")
    op.drop_table("survey_answers_before")
