"""The office."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


# Names as `meeting_app.names` knew them at this revision.
_LETTERS = tuple("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
_PLACE = {letter: f"{chr(97 + number // 26)}{chr(97 + number % 26)}" for number, letter in enumerate(_LETTERS)}
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_SHAPES = "\u0302\u0306\u031b"


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("search_key", sa.Text(), nullable=False, server_default=""))
        people.add_column(sa.Column("order_key", sa.Text(), nullable=False, server_default=""))
    rows = sa.table("people", *(sa.column(name) for name in ("id", "name", "title", "search_key", "order_key")))
    connection = op.get_bind()
    for person in connection.execute(sa.select(rows.c.id, rows.c.name, rows.c.title)).all():
        keys = {"search_key": _search_key(person.name, person.title), "order_key": _order_key(person.name)}
        connection.execute(sa.update(rows).where(rows.c.id == person.id).values(keys))
    with op.batch_alter_table("people") as people:
        people.alter_column("search_key", server_default=None)
        people.alter_column("order_key", server_default=None)
        people.create_index(op.f("ix_people_order_key"), ["order_key"])

    op.create_table(
        "office_sessions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_office_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_office_sessions_token_hash")),
    )
    op.create_index(op.f("ix_office_sessions_account_id"), "office_sessions", ["account_id"], unique=False)

    op.create_table(
        "office_deeds",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("asked_hash", sa.String(length=64), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_office_deeds_account_id")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_office_deeds")),
    )
    op.create_index(op.f("ix_office_deeds_at"), "office_deeds", ["at"], unique=False)


def downgrade() -> None:
    op.drop_table("office_deeds")
    op.drop_table("office_sessions")
    with op.batch_alter_table("people") as people:
        people.drop_index(op.f("ix_people_order_key"))
        people.drop_column("order_key")
        people.drop_column("search_key")


def _search_key(*texts: str) -> str:
    return "".join(f" {word}" for text in texts for word in _folded(text).split())


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _order_key(name: str) -> str:
    words = name.split()
    return "".join(_syllable(word) for word in [*words[-1:], *words[:-1]])


def _syllable(word: str) -> str:
    letters, tone = [], 0
    for character in unicodedata.normalize("NFC", word.lower()):
        base, *marks = unicodedata.normalize("NFD", character)
        tone = next((_TONES.index(mark) for mark in marks if mark in _TONES), tone)
        shaped = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _SHAPES))
        letters.append(_PLACE.get(shaped) or _PLACE.get(base, ""))
    return f"{''.join(letters)}0{tone}"
