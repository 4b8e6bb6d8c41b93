"""The one place of the worker that reads time; everything else is given it.

`monotonic_us` drives decisions; `unix_us` only labels sender reports. Both in microseconds.
"""

import time


def monotonic_us() -> int:
    return time.monotonic_ns() // 1000


def unix_us() -> int:
    return time.time_ns() // 1000
