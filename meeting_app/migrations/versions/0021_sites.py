"""Sites, and by which method people were checked in."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROLES = "role IN ('chair', 'secretary', 'delegate', 'guest', {}'big_screen')"
OPERATES = "role = 'site_operator' AND removed_at IS NULL"
SHOWS = "shows IN ('auto', 'speaker', 'agenda', 'vote', 'conclusions', 'address'{})"


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_sites_capacity")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_sites_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_sites_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "seq", name=op.f("uq_sites_meeting_id_seq")),
    )
    here = sa.text("removed_at IS NULL")
    op.create_index(
        "one_site_a_name", "sites", ["meeting_id", "name"], unique=True, sqlite_where=here, postgresql_where=here
    )
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("site_id", sa.String(length=36), nullable=True))
        table.drop_constraint(op.f("ck_participants_role"), type_="check")
        table.create_check_constraint(op.f("ck_participants_role"), ROLES.format("'site_operator', "))
        table.create_check_constraint(
            op.f("ck_participants_operates"), "role <> 'site_operator' OR site_id IS NOT NULL"
        )
        table.create_foreign_key(
            op.f("fk_participants_meeting_id_site_id"), "sites", ["meeting_id", "site_id"], ["meeting_id", "id"]
        )
        table.create_index(
            "one_operator_a_site",
            ["site_id"],
            unique=True,
            sqlite_where=sa.text(OPERATES),
            postgresql_where=sa.text(OPERATES),
        )
    with op.batch_alter_table("attendance_spans") as table:
        table.add_column(sa.Column("method", sa.String(length=16), nullable=False, server_default="remote"))
        table.add_column(sa.Column("site_id", sa.String(length=36), nullable=True))
        table.create_foreign_key(
            op.f("fk_attendance_spans_meeting_id_site_id"), "sites", ["meeting_id", "site_id"], ["meeting_id", "id"]
        )
    # Until now who sat in the hall was noted by those who lead.
    op.execute("UPDATE attendance_spans SET method = 'on_behalf' WHERE how = 'in_person'")
    with op.batch_alter_table("attendance_spans") as table:
        table.create_check_constraint(op.f("ck_attendance_spans_method"), "method IN ('remote', 'qr', 'on_behalf')")
        table.create_check_constraint(
            op.f("ck_attendance_spans_method_of_how"), "(how = 'remote') = (method = 'remote')"
        )
    with op.batch_alter_table("wall_choices") as table:
        table.drop_constraint(op.f("ck_wall_choices_shows"), type_="check")
        table.create_check_constraint(op.f("ck_wall_choices_shows"), SHOWS.format(", 'check_in'"))


def downgrade() -> None:
    op.execute("UPDATE wall_choices SET shows = 'auto' WHERE shows = 'check_in'")
    with op.batch_alter_table("wall_choices") as table:
        table.drop_constraint(op.f("ck_wall_choices_shows"), type_="check")
        table.create_check_constraint(op.f("ck_wall_choices_shows"), SHOWS.format(""))
    with op.batch_alter_table("attendance_spans") as table:
        table.drop_constraint(op.f("ck_attendance_spans_method_of_how"), type_="check")
        table.drop_constraint(op.f("ck_attendance_spans_method"), type_="check")
        table.drop_constraint(op.f("fk_attendance_spans_meeting_id_site_id"), type_="foreignkey")
        table.drop_column("site_id")
        table.drop_column("method")
    op.execute("UPDATE participants SET role = 'guest' WHERE role = 'site_operator'")
    with op.batch_alter_table("participants") as table:
        table.drop_index("one_operator_a_site")
        table.drop_constraint(op.f("fk_participants_meeting_id_site_id"), type_="foreignkey")
        table.drop_constraint(op.f("ck_participants_operates"), type_="check")
        table.drop_constraint(op.f("ck_participants_role"), type_="check")
        table.create_check_constraint(op.f("ck_participants_role"), ROLES.format(""))
        table.drop_column("site_id")
    op.drop_table("sites")
