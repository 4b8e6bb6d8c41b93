"""Three hundred who fetch the same file at once, each by a connection of its own, and throw away what comes."""

import selectors
import socket
import time
from dataclasses import dataclass

AT_ONCE = 1024 * 1024
LOOK_S = 0.1


@dataclass(frozen=True)
class Fetched:
    complete: int  # readers that got the whole file
    begun: float
    ended: float  # when the last had it, or when time was up


def fetch(port: int, path: str, octets: int, readers: int, within_s: float) -> Fetched:
    """Have the file fetched by all at once. Blocks: a thread's work."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    scrap, missing, complete = bytearray(AT_ONCE), {}, 0
    with selectors.DefaultSelector() as waiting:
        begun = time.monotonic()
        for _ in range(readers):
            one = socket.create_connection(("127.0.0.1", port))
            one.sendall(request)
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
