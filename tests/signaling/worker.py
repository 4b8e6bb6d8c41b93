"""A media worker without media: keeps the contract of `sfu.control` over a real WebSocket on a Unix socket.

`python -m tests.signaling.worker SOCKET` runs one as a process that can be killed.
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from pathlib import Path

from aiohttp import WSMsgType, web

from sfu import control


class FakeWorker:
    """Rooms and peers by name only. `asked` is every request in order; so many `descriptions` come too late for us.

    While `may_answer` is not set, what is asked is done and its reply waits, with all that is asked after it.
    """

    def __init__(self, path: Path, name: str | None = None) -> None:
        self.path = path
        self.name = name or uuid.uuid4().hex
        self.rooms: dict[str, dict[str, tuple[str, ...]]] = {}
        self.asked: list[control.AnyRequest] = []
        self.descriptions = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/control", self._control)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.unlink(missing_ok=True)
        await web.UnixSite(self._runner, str(self.path)).start()

    async def close(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await self.drop()
            await runner.cleanup()
            self.path.unlink(missing_ok=True)

    async def drop(self) -> None:
        """End the control connections; the rooms stay."""
        for socket in list(self.sockets):
            await socket.close()

    async def say(self, event: control.AnyEvent) -> None:
        for socket in self.sockets:
            await socket.send_str(control.encode(event).decode())

    async def _control(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.add(socket)
        ready = control.Ready(worker=self.name, udp_address="127.0.0.1", udp_port=1)
        await socket.send_str(control.encode(ready).decode())
        async for frame in socket:
            if frame.type is WSMsgType.TEXT:
                reply = self._obey(control.decode_request(frame.data))
                await self.may_answer.wait()
                if reply is not None:
                    await socket.send_str(control.encode(reply).decode())
        self.sockets.discard(socket)
        return socket

    def _obey(self, request: control.AnyRequest) -> control.Reply | None:
        self.asked.append(request)
        match request:
            case control.Join(offer="never answered"):
                return None
            case control.Join(offer="bad"):
                return control.Reply(id=request.id, error="bad_offer", message="no media section")
            case control.Join():
                self.rooms.setdefault(request.room, {})[request.peer] = request.publish
                slots = (control.SlotOffer("3", "voice"), control.SlotOffer("6", "picture"))
                return control.Reply(id=request.id, answer=f"answer to {request.offer}", slots=slots)
            case control.Offer() | control.Watch() | control.Permit():
                if request.peer not in self.rooms.get(request.room, {}):
                    return control.Reply(id=request.id, error="no_such_peer", message=request.peer)
                if isinstance(request, control.Permit):
                    self.rooms[request.room][request.peer] = request.publish
                if isinstance(request, control.Offer):
                    return control.Reply(id=request.id, answer="restarted", slots=())
            case control.Leave():
                self.rooms.get(request.room, {}).pop(request.peer, None)
            case control.CloseRoom():
                self.rooms.pop(request.room, None)
            case control.Describe() if self.descriptions:
                self.descriptions -= 1
                return None
            case control.Describe():
                rooms = tuple(control.RoomState(room, tuple(peers), ()) for room, peers in self.rooms.items())
                return control.Reply(id=request.id, rooms=rooms)
        return control.Reply(id=request.id)


async def main(path: Path) -> None:
    worker = FakeWorker(path)
    await worker.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
