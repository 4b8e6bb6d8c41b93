"""The one place where everything of this service is made and closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import structlog
from aiohttp import web

from meeting_app.seal import open_seal
from meeting_app.votes import VoteKeys, destroy_other_keys
from signaling.clock import Clock
from signaling.conversion import Conversion
from signaling.database import open_database
from signaling.deadlines import Deadlines
from signaling.files import Files
from signaling.gate import Gate
from signaling.halls import Halls
from signaling.house import House
from signaling.http import (
    attendance,
    checkin,
    consultations,
    demo,
    door,
    guests,
    health,
    invitation,
    notes,
    pages,
    papers,
    qr,
    room,
    survey_office,
    surveys,
    uploads,
)
from signaling.http.asking import BODY_BYTES, without_nul
from signaling.http.file import SENDING
from signaling.http.office import accounts, bodies, delivery, meetings, oidc, people, roster, signin, sites, units
from signaling.http.office.desk import Desk
from signaling.limits import Buckets
from signaling.media import Media
from signaling.postman import Postman
from signaling.push import Pushes
from signaling.reminding import Reminding
from signaling.sending import Sending
from signaling.settings import Settings
from signaling.sockets import Sockets, make_server

log = structlog.get_logger("signaling.app")

SEAL_FILE = "seal.key"
POST_EVERY_S = 5.0
DEADLINES_EVERY_S = 5.0
REMIND_EVERY_S = 60.0
FORGET_EVERY_S = 60.0


async def create_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """The application, ready to be served; its cleanup closes what was made here."""
    clock = clock or Clock()
    database = await open_database(settings)
    media = Media(
        [settings.worker_socket(number) for number in range(settings.workers)], clock, settings.orphan_grace_s
    )
    server = make_server(settings)
    vote_keys = VoteKeys(settings.vote_keys_folder)
    house = House(settings, clock, database, media, Pushes(server), vote_keys, open_seal(settings.data / SEAL_FILE))
    halls = Halls(house)
    sockets = Sockets(server, house, halls)
    entries = Buckets(settings.entries_per_s, settings.entries_burst)
    visits = Buckets(settings.visits_per_s, settings.visits_burst)
    gate = Gate(server, house, visits)
    files = Files(settings.files_folder)
    sending = Sending()
    conversion = Conversion(house, halls, files)

    app = web.Application(middlewares=[pages.with_security_headers, without_nul], client_max_size=BODY_BYTES)
    app[SENDING] = sending
    app.add_routes(gate.routes())
    app.add_routes(door.routes(house, halls, entries, visits))
    desk = Desk(house, halls, visits)
    for part in (signin, oidc, accounts, units, bodies, people, roster, meetings, delivery, sites):
        app.add_routes(part.routes(desk))
    app.add_routes(papers.routes(house, files))
    app.add_routes(uploads.routes(house, halls, files, conversion))
    app.add_routes(notes.routes(house))
    app.add_routes(consultations.routes(desk, files, conversion))
    app.add_routes(room.routes(house, halls, entries))
    app.add_routes(survey_office.routes(desk))
    app.add_routes(surveys.routes(house, visits))
    app.add_routes(qr.routes(house, entries))
    app.add_routes(invitation.routes(house, halls, visits))
    app.add_routes(guests.routes(house, visits))
    app.add_routes(checkin.routes(house, halls, visits))
    app.add_routes(attendance.routes(house, visits))
    app.add_routes(demo.routes(settings))
    app.add_routes(health.routes(house, halls))
    app.add_routes(pages.routes(settings.web, is_demo=settings.demo))

    async def forget() -> None:
        await asyncio.to_thread(files.forget, clock.utc())

    async def life(_app: web.Application) -> AsyncIterator[None]:
        async with database.reading() as session:
            await destroy_other_keys(session, vote_keys)
        await halls.expect_back()
        media.start(halls.heard)
        files.make()
        await forget()
        conversion.start()
        due = (media.end_orphans, halls.tick, gate.tick)
        at_work = [asyncio.create_task(_tick(due, 1 / settings.presence_hz))]
        deadlines = Deadlines(house, halls)
        at_work.append(asyncio.create_task(_tick([deadlines.close_due], DEADLINES_EVERY_S)))
        at_work.append(asyncio.create_task(_tick([forget], FORGET_EVERY_S)))
        if settings.smtp_url:
            postman = Postman(house)
            at_work.append(asyncio.create_task(_tick([postman.remind_units, postman.post_due], POST_EVERY_S)))
            at_work.append(asyncio.create_task(_tick([Reminding(house, halls).remind_due], REMIND_EVERY_S)))
        yield
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await conversion.close()
        await sending.close()
        await sockets.close()
        await server.shutdown()
        await halls.close()
        await media.close()
        await database.close()

    app.cleanup_ctx.append(life)
    return app


async def _tick(due: Sequence[Callable[[], Awaitable[None]]], every_s: float) -> None:
    me = asyncio.current_task()
    # Python 3.11's wait_for, which some libraries call, forgets a cancellation that comes with its result.
    while not me.cancelling():
        await asyncio.sleep(every_s)
        for what in due:
            try:
                await what()
            except Exception:
                # One fault must not stop the clock of everything; what was due is tried at the next tick.
                log.exception("tick_failed", what=what.__qualname__)
