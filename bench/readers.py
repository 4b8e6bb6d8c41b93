"""Hundreds who fetch the same paper at once, each by a connection and a cookie, and throw away what comes."""

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from signaling.http.asking import COOKIE

AT_ONCE = 1024 * 1024
LOOK_S = 0.1


@dataclass(frozen=True)
class Fetched:
    complete: int  # readers that got the whole file
    begun: float
    ended: float  # when the last had it, or when time was up


def fetch(port: int, path: str, octets: int, cookies: Sequence[str], within_s: float) -> Fetched:
    """Have the paper fetched by all at once. Blocks: a thread's work."""
    request = "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}={}\r\nConnection: close\r\n\r\n"
    scrap, missing, complete = bytearray(AT_ONCE), {}, 0
    with selectors.DefaultSelector() as waiting:
        begun = time.monotonic()
        for cookie in cookies:
            one = socket.create_connection(("127.0.0.1", port))
            one.sendall(request.format(path, port, COOKIE, cookie).encode())
            one.setblocking(False)
            waiting.register(one, selectors.EVENT_READ)
            missing[one] = octets
        while missing and time.monotonic() - begun < within_s:
            for key, _ in waiting.select(LOOK_S):
                # MSG_TRUNC: the kernel throws the octets away (tcp(7)); the head of the answer counts as well.
                got = key.fileobj.recv_into(scrap, AT_ONCE, socket.MSG_TRUNC)
                missing[key.fileobj] -= got
                if got == 0:
                    waiting.unregister(key.fileobj)
                    complete += missing.pop(key.fileobj) <= 0
                    key.fileobj.close()
        ended = time.monotonic()
        for one in missing:
            one.close()
    return Fetched(complete, begun, ended)
