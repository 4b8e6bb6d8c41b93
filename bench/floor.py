"""The bare C floor: what encrypting and sending alone cost."""

import ctypes
import os
from collections.abc import Sequence

import pylibsrtp._binding

from bench.compiled import load
from bench.media import PATTERN, Pattern


class Result(ctypes.Structure):
    _fields_ = [
        ("cpu_s", ctypes.c_double),
        ("packets", ctypes.c_long),
        ("calls", ctypes.c_long),
        ("refused", ctypes.c_long),
        ("delay_p99_ms", ctypes.c_double),  # from when a run was due until the kernel had taken it
    ]


def run(ports: Sequence[int], gso: bool, seconds: float, cpu: int) -> Result:
    """Send the common stream to `ports` of the loopback from the calling thread, on `cpu`.

    Raises OSError when OpenSSL or GSO is missing.
    """
    floor_run = load("floor").floor_run
    floor_run.argtypes = [
        ctypes.c_char_p,
        ctypes.POINTER(Pattern),
        ctypes.POINTER(ctypes.c_uint16),
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_double,
        ctypes.POINTER(Result),
    ]
    result = Result()
    # The same OpenSSL as the worker's: the one inside pylibsrtp's wheel.
    library = pylibsrtp._binding.__file__.encode()
    numbers = (ctypes.c_uint16 * len(ports))(*ports)
    elsewhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cpu})
    try:
        failed = floor_run(library, PATTERN, numbers, len(ports), gso, seconds, result) < 0
    finally:
        os.sched_setaffinity(0, elsewhere)
    if failed:
        raise OSError("the floor found no OpenSSL, or the system refuses UDP_SEGMENT")
    return result
