"""An outbox for tests: what the fan-out writes leaves through a socket that the test made, and may be refused there."""

from sfu.wire.rows import BATCH, REGION
from sfu.wire.srtp import Buffer


class Outbox:
    """Delivers one message after the other through a `Socket`, until that takes one no more."""

    def __init__(self, socket, buffer=None):
        self.buffer, self._socket = buffer or Buffer(BATCH * REGION), socket

    def messages(self, destinations):
        return destinations

    def shape(self, row, size):
        self._row, self._size = row, size

    def deliver(self, messages, first, end):
        for at in range(first, end):
            try:
                self._socket.sendto(self.buffer.view[at * self._row :][: self._size], messages[at])
            except OSError as error:
                return at - first, error
        return end - first, None
