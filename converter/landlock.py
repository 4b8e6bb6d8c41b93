"""Which files a process may still reach, told to the kernel: Landlock, landlock(7).

Only what is named here stays open, for this process and all it starts, whoever it runs as.
A domain also keeps the process from tracing others; a newer kernel adds the doors that it knows.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every processor
_VERSION, _PATH_BENEATH = 1, 1

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL  # the others are rights over what is in a folder
# linux/landlock.h: how many rights over files an ABI knows; the first is Linux 5.13, the newest here 6.10.
_RIGHTS_OF_ABI = (0, 13, 14, 15, 15, 16)
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_TCP, _SCOPES = 0b11, 0b11  # bind and connect; abstract Unix sockets and signals

_libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """What the kernel knows of it; 0 when nothing."""
    return max(0, _call(_CREATE, None, 0, _VERSION))


def restrict(reading: Iterable[Path], writing: Iterable[Path]) -> bool:
    """Nothing but these files, and what is in these folders; False when the kernel cannot. Needs NO_NEW_PRIVS.

    What is not there is passed over. What may be written may be read, but not executed.
    """
    version = abi()
    if version == 0:
        return False
    known = (1 << _RIGHTS_OF_ABI[min(version, len(_RIGHTS_OF_ABI) - 1)]) - 1
    handled = struct.pack("=QQQ", known, _TCP, _SCOPES)
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _NETWORK_SINCE else 8
    ruleset = _call(_CREATE, handled, size, 0)
    if ruleset < 0:
        return False
    try:
        for paths, rights in ((reading, _EXECUTE | _READ | _LIST), (writing, known & ~_EXECUTE)):
            for path in paths:
                if path.exists():
                    _allow(ruleset, path, rights & known)
        return _call(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights if path.is_dir() else rights & _OF_A_FILE, opened)
        if _call(_ADD, ruleset, _PATH_BENEATH, rule, 0) != 0:
            raise OSError(ctypes.get_errno(), f"no rule for {path}")
    finally:
        os.close(opened)


def _call(number: int, *arguments: int | bytes | None) -> int:
    return _libc.syscall(
        ctypes.c_long(number), *(ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    )
