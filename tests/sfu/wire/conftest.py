"""A fan-out for tests, in both forms."""

import pytest

from sfu.wire import compiled, compiling
from sfu.wire.fanout import Fanout
from tests.sfu.outbox import Outbox


@pytest.fixture(params=["plain", "compiled"], scope="module")
def fanout(request):
    """A fan-out through a `Socket`, its rows written in Python or in C."""
    if request.param == "compiled" and compiling.build() is None:
        pytest.skip("there is no C compiler")

    def through(socket, meanwhile=None):
        outbox = Outbox(socket)
        rows = compiled.rows(outbox.buffer, request.param == "compiled")
        return Fanout(outbox, rows, socket.sendto, socket.segment, socket.refuse, meanwhile)

    return through
