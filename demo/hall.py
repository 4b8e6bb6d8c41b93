"""The conference of the demonstration, seated where there is none, and who may enter it."""

from __future__ import annotations

from demo import cast, office, papers, places, province
from demo.places import PLACES_FILE, Place
from demo.province import Conference
from meeting_app.acting import Actor
from signaling.clock import Clock
from signaling.database import open_database
from signaling.files import Files
from signaling.http.demo import LINKS_FILE, keep
from signaling.messages import DemoLink, DemoLinks, DemoOffice
from signaling.settings import Settings

# Browsers resolve every name below localhost to this machine and keep cookies by name: each role gets a name of
# its own, so that one browser can hold them all in its tabs.
HOST_OF = {"chair": "chu-tri", "secretary": "thu-ky", "big_screen": "man-hinh", "site_operator": "diem-cau"}
OFFICE_HOST = "van-phong"


async def seat(given: Settings) -> None:
    """Seat the conference, and leave the places of bots and the links of visitors in the data folder."""
    if (given.data / LINKS_FILE).exists():
        return
    database = await open_database(given)
    try:
        async with database.writing() as session:
            conference = await province.seed(session, Clock().utc())
            files = Files(given.files_folder)
            secretary = next(link.participant for link in conference.links if link.role == "secretary")
            await papers.add(session, files, Actor(conference.meeting, secretary), Clock().utc())
            await office.busy(session, await papers.draft(files), Clock().utc())
    finally:
        await database.close()
    places.write(
        given.data / PLACES_FILE,
        [
            Place(link.name, link.token)
            for link in conference.links
            if not link.for_visitor and link.name not in cast.ABSENT
        ],
    )
    keep(given.data, visitors_links(conference, given.port))


def visitors_links(conference: Conference, port: int) -> DemoLinks:
    shown, delegates = [], 0
    for link in conference.links:
        if not link.for_visitor:
            continue
        delegates += link.role == "delegate"
        host = HOST_OF.get(link.role, f"dai-bieu-{delegates}")
        url = f"http://{host}.localhost:{port}/v/{link.token}"
        title = " · ".join(filter(None, (link.title, link.unit)))
        shown.append(DemoLink(role=link.role, name=link.name, title=title, url=url))
    door = DemoOffice(
        url=f"http://{OFFICE_HOST}.localhost:{port}/dang-nhap",
        login=cast.ADMINISTRATOR_LOGIN,
        password=cast.ADMINISTRATOR_PASSWORD,
    )
    return DemoLinks(meeting=conference.meeting, title=conference.title, links=tuple(shown), office=door)
