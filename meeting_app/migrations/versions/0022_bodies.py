"""Bodies with their members and rules, meetings of a body, and its members as a base."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

SHARES = "'more_than_half', 'two_thirds', 'three_quarters'"
BASES = "'present', 'convened', 'all_members', 'returned', 'valid'"


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("term", sa.String(length=120), nullable=False),
        sa.Column("quorum", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("base", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('committee', 'presidium', 'standing', 'advisory')", name=op.f("ck_bodies_kind")),
        sa.CheckConstraint(f"quorum IN ({SHARES})", name=op.f("ck_bodies_quorum")),
        sa.CheckConstraint(f"rule IN ({SHARES})", name=op.f("ck_bodies_rule")),
        sa.CheckConstraint("base IN ('all_members', 'present')", name=op.f("ck_bodies_base")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bodies_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
    )
    op.create_index(op.f("ix_bodies_unit_id"), "bodies", ["unit_id"])
    op.create_table(
        "body_members",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("body_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.String(length=16), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.CheckConstraint("position IN ('head', 'deputy', 'member')", name=op.f("ck_body_members_position")),
        sa.CheckConstraint("left_on IS NULL OR left_on >= joined_on", name=op.f("ck_body_members_order")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_body_members_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_body_members_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_members")),
    )
    op.create_index(op.f("ix_body_members_body_id"), "body_members", ["body_id"])
    op.create_index(op.f("ix_body_members_person_id"), "body_members", ["person_id"])
    op.create_index(
        "one_membership",
        "body_members",
        ["body_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    with op.batch_alter_table("meetings") as meetings:
        # Copied from what SQLite tells of it, the default would come out in brackets.
        meetings.alter_column("place", server_default="")
        meetings.add_column(sa.Column("body_id", sa.String(length=36), nullable=True))
        meetings.create_foreign_key(op.f("fk_meetings_body_id"), "bodies", ["body_id"], ["id"])
        meetings.create_index(op.f("ix_meetings_body_id"), ["body_id"])
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("members", sa.Integer(), nullable=True))
        votes.drop_constraint(op.f("ck_votes_base"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_base"), f"base IN ({BASES})")
        votes.create_check_constraint(op.f("ck_votes_members"), "base <> 'all_members' OR members IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("votes") as votes:
        for name in ("members", "base"):
            votes.drop_constraint(op.f(f"ck_votes_{name}"), type_="check")
        votes.create_check_constraint(op.f("ck_votes_base"), "base IN ('present', 'convened', 'returned', 'valid')")
        votes.drop_column("members")
    with op.batch_alter_table("meetings") as meetings:
        meetings.drop_index(op.f("ix_meetings_body_id"))
        meetings.drop_constraint(op.f("fk_meetings_body_id"), type_="foreignkey")
        meetings.drop_column("body_id")
    op.drop_table("body_members")
    op.drop_table("bodies")
