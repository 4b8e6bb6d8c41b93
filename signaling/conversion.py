"""Uploaded files become pages, one after the other, each in a child process that may do nothing else.

Which files wait is in the rows, so that a restart goes on where it was.
"""

from __future__ import annotations

import asyncio

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from converter.control import ANSWER, Answer, Converted, Failed
from meeting_app import documents
from meeting_app.consultations import drafting
from meeting_app.events import Event
from signaling import confined
from signaling.files import Files
from signaling.halls import Halls
from signaling.house import House

LIMIT_S = 300.0
AGAIN_S = 5.0  # after the database did not answer

log = structlog.get_logger("signaling.conversion")


class Conversion:
    """Runs from `start` to `close`; `wake` says that a file may have come."""

    def __init__(self, house: House, halls: Halls, files: Files) -> None:
        self._house = house
        self._halls = halls
        self._files = files
        self._unconfined = house.settings.convert_unconfined
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._awake.set()
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        self._awake.set()

    async def close(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._awake.wait()
            self._awake.clear()
            try:
                while await self._next():
                    pass
            except Exception:
                # What could not be told is still in the rows and is tried again.
                log.exception("conversion_failed")
                await asyncio.sleep(AGAIN_S)
                self._awake.set()

    async def _next(self) -> bool:
        """Convert the file that has waited longest; False when none waits."""
        async with self._house.database.reading() as session:
            waiting = await documents.converting(session)
            draft = await drafting.converting(session) if waiting is None else None
        if draft is not None:
            await self._convert_draft(*draft)
        if waiting is None:
            return draft is not None
        meeting, version, file = waiting
        answer = await self._answer(file)
        now = self._house.clock.utc()

        async def tell(session: AsyncSession) -> tuple[None, list[Event]]:
            match answer:
                case Converted():
                    count = len(answer.pages)
                    event = await documents.converted(session, meeting, version, answer.kind, count, now)
                case Failed():
                    event = await documents.failed(session, meeting, version, answer.problem, now)
            return None, [event] if event is not None else []

        hall = await self._halls.of(meeting)
        await hall.change(tell)
        return True

    async def _convert_draft(self, consultation: str, number: int, file: str) -> None:
        """The same for a draft that units are to be asked about; no hall is told of it."""
        answer = await self._answer(file)
        now = self._house.clock.utc()
        async with self._house.database.writing() as session:
            match answer:
                case Converted():
                    await drafting.converted(session, consultation, number, answer.kind, len(answer.pages), now)
                case Failed():
                    await drafting.failed(session, consultation, number, answer.problem, now)

    async def _answer(self, file: str) -> Answer:
        """Pages are kept for whoever sends the same file; a refusal is not: another day may have LibreOffice."""
        kept = self._files.answer(file)
        if kept is not None:
            return kept
        if not self._files.file(file).is_file():
            log.error("file_missing", file=file)
            return Failed("missing")
        return await self._convert(file)

    async def _convert(self, file: str) -> Answer:
        with self._files.making_pages(file) as folder:
            source = str(self._files.file(file))
            code = await confined.run("converter", source, str(folder), limit_s=LIMIT_S, unconfined=self._unconfined)
            log.info("converted", file=file, code=code)
            try:
                answer = msgspec.json.decode((folder / ANSWER).read_bytes(), type=Answer)
            except (FileNotFoundError, msgspec.DecodeError):  # it was ended, or the file made it say what it liked
                return Failed("too_hard")
            if isinstance(answer, Converted):
                await asyncio.to_thread(self._files.keep_pages, file, folder)
            return answer
