"""What a vote leaves in the files of the database, byte by byte, on SQLite and on PostgreSQL."""

import secrets
from pathlib import Path

import sqlalchemy as sa

from meeting_app import votes
from meeting_app.db import Database
from meeting_app.models import Base, UsedRight
from meeting_app.votes.sealing import CODE_LETTERS
from tests.meeting_app.hall import KEYS, Hall
from tests.meeting_app.votes.test_secret import casts


async def every_byte(database: Database) -> bytes:
    """The database's files and its write-ahead log, as a thief would copy them."""
    async with database.engine.connect() as connection:
        if database.engine.dialect.name == "sqlite":
            file = Path(str(database.engine.url.database))
            return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        await connection.execute(sa.text("CHECKPOINT"))
        folder = Path(str(await connection.scalar(sa.text("SHOW data_directory"))))
    return b"".join(
        one.read_bytes() for place in ("base", "pg_wal") for one in (folder / place).rglob("*") if one.is_file()
    )


async def test_neither_choice_nor_code_is_written_before_the_count(hall: Hall):
    codes = ["".join(secrets.choice(CODE_LETTERS) for _ in range(16)) for _ in range(5)]
    vote, voters = await hall.opens_a_secret_vote()
    chosen = dict(zip(voters, ("for", "against", "for", "other", "against"), strict=True))
    for (voter, choice), code in zip(chosen.items(), codes, strict=True):
        await casts(hall, voter, vote, choice, code)
    async with hall.db.reading() as session:
        kept = list(await session.scalars(sa.select(UsedRight.command_hash)))
    found = await every_byte(hall.db)
    assert all(one.encode() in found for one in kept), "the search does not see what is there"
    assert not [code for code in codes if code.encode() in found]

    await hall.does(votes.close, hall.chair, vote, keys=KEYS)
    await hall.does(votes.publish, hall.chair, vote)
    told = set()
    async with hall.db.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in (await session.execute(sa.select(table))).mappings():
                told |= {
                    (table.name, len([c for c in codes if c in str(v)]))
                    for v in row.values()
                    if words(v).intersection(codes)
                }
    assert told == {("votes", 5), ("events", 5)}


def words(value: object) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in str(value)).split())
