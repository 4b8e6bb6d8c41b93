"""Receivers' sockets, emptied by C so that the load costs little beside what it measures."""

import ctypes
import os
import socket
import threading
from collections.abc import Iterator, Sequence

from bench.compiled import load

LONGEST = 1500
SAMPLES = 20_000
LOWEST = 19  # nice(2)


class _Sample(ctypes.Structure):
    _fields_ = [
        ("receiver", ctypes.c_int32),
        ("size", ctypes.c_int32),
        ("arrival_ns", ctypes.c_int64),
        ("data", ctypes.c_uint8 * LONGEST),
    ]


class _Sink(ctypes.Structure):
    _fields_ = [
        ("sockets", ctypes.POINTER(ctypes.c_int32)),
        ("count", ctypes.c_int32),
        ("stop", ctypes.c_int32),
        ("packets", ctypes.POINTER(ctypes.c_int64)),
        ("samples", ctypes.POINTER(_Sample)),
        ("sample_room", ctypes.c_int32),
        ("samples_taken", ctypes.c_int32),
        ("sample_every", ctypes.c_int32),
    ]


class Sink:
    """A thread that reads `sockets` until it is closed."""

    def __init__(self, sockets: Sequence[socket.socket], cpu: int) -> None:
        self._sockets = (ctypes.c_int32 * len(sockets))(*(s.fileno() for s in sockets))
        self._packets = (ctypes.c_int64 * len(sockets))()
        self._samples = (_Sample * SAMPLES)()
        self._sink = _Sink(
            self._sockets, len(sockets), 0, self._packets, self._samples, sample_room=SAMPLES, sample_every=0
        )
        self._thread = threading.Thread(target=self._run, args=(cpu,))
        self._thread.start()

    def _run(self, cpu: int) -> None:
        os.sched_setaffinity(0, {cpu})
        # After the publisher on the same CPU: a reader that is late changes no figure, a publisher does.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOWEST)
        load("sink").sink_run(ctypes.byref(self._sink))

    def close(self) -> None:
        """May be called twice."""
        self._sink.stop = 1
        self._thread.join()

    @property
    def packets(self) -> int:
        """Media packets that arrived so far."""
        return sum(self._packets)

    def of(self, receiver: int) -> int:
        return self._packets[receiver]

    def keep_every(self, nth: int) -> None:
        """Keep each `nth` packet whole from now on; 0 ends it."""
        self._sink.sample_every = nth

    def samples(self) -> Iterator[tuple[int, int, bytes]]:
        """Receiver, arrival (Unix time, ns) and bytes of what was kept, in order of arrival; only once closed."""
        for sample in self._samples[: self._sink.samples_taken]:
            yield sample.receiver, sample.arrival_ns, bytes(sample.data[: sample.size])
