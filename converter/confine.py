"""What the process gives up before it opens a file."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from pathlib import Path

from converter import landlock, seccomp
from converter.control import UNCONFINED

MEMORY = 3 * 2**30  # of addresses; LibreOffice maps far more than it uses
CPU_S = 300
FILE = 2**30  # the largest file it may write
FILES = 256  # open at once

_UNHELD = "the kernel cannot confine this process: it needs Landlock and seccomp, see docs/operating.md"

# Programs, fonts and their settings. Of /etc no more than these: our own settings may lie there.
_SYSTEM = (
    *("/bin", "/lib", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib64", "/usr/libexec", "/usr/share"),
    *("/usr/local/lib", "/usr/local/share", "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/etc/fonts", "/etc/libreoffice", "/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime", "/etc/locale.alias"),
)
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # prctl(2)

_libc = ctypes.CDLL(None, use_errno=True)


def may_go_on(said: Sequence[str], reading: Iterable[Path], writing: Path) -> bool:
    """Whether the process is confined now, or was told (`said`) to go on where that cannot be."""
    held = confine(reading, writing)
    if not held:
        print(_UNHELD, file=sys.stderr)
    return held or UNCONFINED in said


def confine(reading: Iterable[Path], writing: Path) -> bool:
    """Limits for this process and its children: the system's programs, these files, this folder, and nobody to talk to.

    False when the kernel cannot hold it to that; the limits of memory, processor and time hold all the same.
    """
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
    python = (sysconfig.get_path(part) for part in ("stdlib", "platstdlib", "purelib", "platlib"))
    programs = map(Path, (*_SYSTEM, *python, Path(__file__).parent))
    held = landlock.restrict((*programs, *reading), (writing, *map(Path, _DEVICES)))
    return seccomp.refuse_network() and held  # the one also where the other cannot be
