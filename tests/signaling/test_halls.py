"""Which halls are open."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import meetings
from meeting_app.acting import Actor
from meeting_app.events import Event
from meeting_app.seal import open_seal
from meeting_app.votes import VoteKeys
from signaling.clock import Clock
from signaling.database import open_database
from signaling.halls import Halls
from signaling.house import House
from signaling.media import Media
from signaling.push import Pushes
from signaling.settings import Settings
from signaling.sockets import make_server
from tests.signaling.conftest import NOW, Province


async def test_an_empty_hall_stays_open_while_it_is_changed(settings: Settings, province: Province) -> None:
    database, clock = await open_database(settings), Clock()
    pushes, keys = Pushes(make_server(settings)), VoteKeys(settings.vote_keys_folder)
    seal = open_seal(settings.data / "seal.key")
    halls = Halls(House(settings, clock, database, Media([], clock, 0), pushes, keys, seal))
    added: list[Event] = []

    async def invite(session: AsyncSession) -> tuple[None, list[Event]]:
        added.append(
            await meetings.add_participant(
                session, Actor(province.meeting), "delegate", NOW, name="Lò Thị Mới", unit="Xã A"
            )
        )
        await halls.tick()
        await halls.of(province.meeting)  # somebody comes meanwhile
        return None, added

    try:
        hall = await halls.of(province.meeting)
        await hall.tick(clock.seconds())  # who waits was looked over, which is not due again during the change
        await hall.change(invite)
        hall = await halls.of(province.meeting)
        assert added[0].data["participant"]["id"] in hall.standing.roles
        await halls.tick()
        assert halls.opened(province.meeting) is None
    finally:
        await database.close()
