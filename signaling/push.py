"""How a message reaches browsers: one connection, or all of a group."""

from __future__ import annotations

import socketio
from engineio import packet as engine
from engineio.async_socket import AsyncSocket
from socketio import packet

from signaling.frames import SharedText, websocket_of
from signaling.messages import AnyPush, Ended

PUSH = "push"


class Pushes:
    """Sends pushes over Socket.IO. A group is named by whoever uses it; entering twice is no error."""

    def __init__(self, server: socketio.AsyncServer) -> None:
        self._server = server

    async def to(self, sid: str, message: AnyPush) -> None:
        """To one connection; one that is gone is passed over."""
        await self._server.emit(PUSH, message, to=sid)

    def to_group(self, group: str, message: AnyPush) -> None:
        """To all who are in the group now, each after what was pushed to them before; encoded once for all."""
        text = self._server.packet_class(packet.EVENT, [PUSH, message], "/").encode()
        shared = engine.Packet(engine.MESSAGE, text)
        shared.encode_cache = SharedText(shared.encode())
        for _, eio_sid in list(self._server.manager.get_participants("/", group)):
            connection = self._server.eio.sockets.get(eio_sid)
            if connection is not None and not connection.closed:
                connection.queue.put_nowait(shared)

    def reaches(self, sid: str) -> bool:
        """Whether the connection is there; in the library a name may outlive what is below it."""
        connection = self._server.eio.sockets.get(self._server.manager.eio_sid_from_sid(sid, "/"))
        return connection is not None and not (connection.closing or connection.closed)

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

    async def cut(self, sid: str) -> None:
        """Break the connection off without a word; unlike after a farewell, the browser comes back by itself."""
        connection = self._server.eio.sockets.get(self._server.manager.eio_sid_from_sid(sid, "/"))
        if connection is not None:
            await break_off(connection)


async def break_off(connection: AsyncSocket) -> None:
    """End a connection, whatever still waits to be read."""
    await connection.close(wait=False, abort=True)
    connection.queue.put_nowait(None)  # the library's writer ends
    abort(connection)


def abort(connection: AsyncSocket) -> None:
    """End what a WebSocket goes through. Polling has none of its own: anybody's requests may come on the same."""
    request = websocket_of(connection)
    if request is not None and request.transport is not None:
        request.transport.abort()
