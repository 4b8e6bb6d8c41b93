"""How a message reaches browsers: one connection, or all of a group."""

from __future__ import annotations

import socketio

from signaling.messages import AnyPush, Ended

PUSH = "push"


class Pushes:
    """Sends pushes over Socket.IO. A group is named by whoever uses it; entering twice is no error."""

    def __init__(self, server: socketio.AsyncServer) -> None:
        self._server = server

    async def to(self, sid: str, message: AnyPush) -> None:
        """To one connection; one that is gone is passed over."""
        await self._server.emit(PUSH, message, to=sid)

    async def to_group(self, group: str, message: AnyPush) -> None:
        await self._server.emit(PUSH, message, room=group)

    async def enter(self, sid: str, *groups: str) -> None:
        for group in groups:
            await self._server.enter_room(sid, group)

    async def leave(self, sid: str, *groups: str) -> None:
        for group in groups:
            await self._server.leave_room(sid, group)

    async def end(self, sid: str, message: Ended) -> None:
        """Say why, then close the connection for good."""
        await self.to(sid, message)
        await self._server.disconnect(sid)

    def backlog(self, sid: str) -> int:
        """Pushes that wait because the browser does not read them."""
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        connection = self._server.eio.sockets.get(eio_sid)
        return connection.queue.qsize() if connection is not None else 0

    def cut(self, sid: str) -> None:
        """Break the connection off without a word; unlike after a farewell, the browser comes back by itself."""
        environ = self._server.get_environ(sid)
        transport = environ["aiohttp.request"].transport if environ else None
        if transport is not None:
            transport.abort()
