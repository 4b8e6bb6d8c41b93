"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "done_commands",
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("payload_hash", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_done_commands")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("parent_path", sa.Text(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "level IN ('central', 'province', 'district', 'commune', 'hamlet', 'body')",
            name=op.f("ck_units_level"),
        ),
        sa.CheckConstraint("path = coalesce(parent_path, '/') || id || '/'", name=op.f("ck_units_path")),
        sa.CheckConstraint("(parent_id IS NULL) = (parent_path IS NULL)", name=op.f("ck_units_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id", "parent_path"],
            ["units.id", "units.path"],
            name=op.f("fk_units_parent_id_parent_path"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("id", "path", name=op.f("uq_units_id_path")),
    )
    op.create_index(op.f("ix_units_parent_id"), "units", ["parent_id"], unique=False)
    op.create_index(op.f("ix_units_path"), "units", ["path"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("floor_mode", sa.String(length=16), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("floor_mode IN ('chaired', 'open')", name=op.f("ck_meetings_floor_mode")),
        sa.CheckConstraint(
            "state IN ('draft', 'check_in', 'in_session', 'paused', 'closed', 'cancelled')",
            name=op.f("ck_meetings_state"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meetings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_unit_id"), "meetings", ["unit_id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.String(length=36), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_people_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index(op.f("ix_people_unit_id"), "people", ["unit_id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('system_admin', 'unit_admin', 'clerk')", name=op.f("ck_accounts_role")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_index(op.f("ix_accounts_person_id"), "accounts", ["person_id"], unique=False)

    op.create_table(
        "agenda_items",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("presenter", sa.String(length=120), nullable=False),
        sa.Column("budget_s", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(state = 'current') = (opened_at IS NOT NULL)", name=op.f("ck_agenda_items_opened")),
        sa.CheckConstraint("state IN ('pending', 'current', 'done')", name=op.f("ck_agenda_items_state")),
        sa.CheckConstraint("budget_s >= 0 AND spent_ms >= 0", name=op.f("ck_agenda_items_times")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "parent_id"],
            ["agenda_items.meeting_id", "agenda_items.id"],
            name=op.f("fk_agenda_items_meeting_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_items_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_agenda_items_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_agenda_items_meeting_id_number")),
    )
    op.create_index(
        "one_current_item",
        "agenda_items",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'current'"),
        postgresql_where=sa.text("state = 'current'"),
    )

    op.create_table(
        "events",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_events_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", "seq", name=op.f("pk_events")),
    )
    op.create_index("events_by_name", "events", ["meeting_id", "name", "seq"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("on_stage", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('chair', 'secretary', 'delegate', 'guest', 'big_screen')",
            name=op.f("ck_participants_role"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_participants_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_participants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("meeting_id", "id", name=op.f("uq_participants_meeting_id_id")),
        sa.UniqueConstraint("meeting_id", "seq", name=op.f("uq_participants_meeting_id_seq")),
    )
    op.create_index(op.f("ix_participants_person_id"), "participants", ["person_id"], unique=False)
    op.create_index(
        "one_on_stage",
        "participants",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("on_stage"),
        postgresql_where=sa.text("on_stage"),
    )
    op.create_index(
        "one_seat_a_person",
        "participants",
        ["meeting_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("person_id IS NOT NULL AND removed_at IS NULL"),
        postgresql_where=sa.text("person_id IS NOT NULL AND removed_at IS NULL"),
    )

    op.create_table(
        "attendance_spans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("left_at IS NULL OR left_at >= came_at", name=op.f("ck_attendance_spans_order")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_attendance_spans_meeting_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_spans")),
    )
    op.create_index(
        "one_open_span",
        "attendance_spans",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index("spans_of_a_meeting", "attendance_spans", ["meeting_id", "participant_id"], unique=False)

    op.create_table(
        "personal_links",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_personal_links_meeting_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_personal_links_token_hash")),
    )
    op.create_index(
        "one_link_a_participant",
        "personal_links",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_sessions_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_sessions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(
        "one_device_a_participant",
        "sessions",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("participant_id IS NOT NULL AND revoked_at IS NULL"),
        postgresql_where=sa.text("participant_id IS NOT NULL AND revoked_at IS NULL"),
    )

    op.create_table(
        "speech_requests",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'called', 'withdrawn')", name=op.f("ck_speech_requests_state")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_speech_requests_meeting_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "seq", name=op.f("pk_speech_requests")),
    )
    op.create_index(
        "one_waiting_request",
        "speech_requests",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    op.create_table(
        "speeches",
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name=op.f("ck_speeches_order")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_speeches_meeting_id_participant_id"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "seq", name=op.f("pk_speeches")),
    )
    op.create_index(
        "one_speaking",
        "speeches",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "knocks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("meeting_id", sa.String(length=36), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("participant_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("knocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reason = 'guest' OR participant_id IS NOT NULL", name=op.f("ck_knocks_whose_link")),
        sa.CheckConstraint("reason IN ('guest', 'used_link')", name=op.f("ck_knocks_reason")),
        sa.CheckConstraint("state IN ('waiting', 'admitted', 'refused')", name=op.f("ck_knocks_state")),
        sa.ForeignKeyConstraint(
            ["meeting_id", "participant_id"],
            ["participants.meeting_id", "participants.id"],
            name=op.f("fk_knocks_meeting_id_participant_id"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_knocks_meeting_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_knocks_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knocks")),
    )
    op.create_index("knocks_of_a_meeting", "knocks", ["meeting_id", "state"], unique=False)
    op.create_index(
        "one_knock_a_participant",
        "knocks",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("participant_id IS NOT NULL AND state = 'waiting'"),
        postgresql_where=sa.text("participant_id IS NOT NULL AND state = 'waiting'"),
    )
    op.create_index(
        "one_knock_a_session",
        "knocks",
        ["session_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    for table in (
        "knocks",
        "speeches",
        "speech_requests",
        "sessions",
        "personal_links",
        "attendance_spans",
        "participants",
        "events",
        "agenda_items",
        "accounts",
        "people",
        "meetings",
        "units",
        "done_commands",
    ):
        op.drop_table(table)
