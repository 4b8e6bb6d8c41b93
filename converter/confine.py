"""What the process gives up before it opens a file."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from pathlib import Path

MEMORY = 3 * 2**30  # of addresses; LibreOffice maps far more than it uses
CPU_S = 300
FILE = 2**30  # the largest file it may write
FILES = 256  # open at once

_CLONE_NEWUSER = 0x10000000  # sched.h
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # prctl(2)

_libc = ctypes.CDLL(None, use_errno=True)


def confine() -> bool:
    """Limits for this process and its children; False when the kernel lets nobody leave the network."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.nice(19)  # a paper may wait, the meeting's sound may not
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, FILE),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    return leave_network()


def leave_network() -> bool:
    """Into a network of one's own, where there is nobody; needs a user namespace unless we are root."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        return _libc.unshare(_CLONE_NEWNET) == 0
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # The same names as outside, so that files keep their owner.
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def say_if_open(alone: bool) -> None:
    if not alone:
        print("the kernel lets this process not leave the network", file=sys.stderr)
