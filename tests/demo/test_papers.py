"""The demonstration has a paper that everybody can read at once."""

from datetime import UTC, datetime
from pathlib import Path

from demo import papers, province
from meeting_app import documents
from meeting_app.acting import Actor
from signaling.database import open_database
from signaling.files import Files
from signaling.settings import Settings
from tests import tables

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


async def test_the_report_is_there_to_read(tmp_path: Path):
    settings = Settings(data=tmp_path)
    files = Files(settings.files_folder)
    files.make()
    await tables.lay_out_for(settings)
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            await province.found(session, NOW)
            conference = await province.seed(session, NOW)
            secretary = next(link.participant for link in conference.links if link.role == "secretary")
            await papers.add(session, files, Actor(conference.meeting, secretary), NOW)
        async with database.reading() as session:
            (readable,) = await documents.all_readable(session, conference.meeting, documents.Reader("big_screen"))
    finally:
        await database.close()
    assert readable.document.title == papers.PAPERS[0].title and readable.version.pages == 3
    assert (files.pages(readable.file_hash) / "3.webp").is_file()
