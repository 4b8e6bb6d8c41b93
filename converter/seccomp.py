"""No way to anybody over a socket, told to the kernel: a filter of system calls, seccomp(2).

What is left are pipes and Unix stream sockets that cannot be connected. LibreOffice wants to listen on one for a second
of its kind, and does nothing when it may not: it is told that it listens, and nobody can reach it.
Datagrams are refused because they need no connection, io_uring because what is asked through it is not seen here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_AF_UNIX, _SOCK_STREAM, _TYPE = 1, 1, 0xF

# linux/audit.h and the tables of system calls: architecture; socket, socketpair; bind, listen; connect
_PROCESSORS = {
    "x86_64": (0xC000003E, (41, 53), (49, 50), 42),
    "aarch64": (0xC00000B7, (198, 199), (200, 201), 203),
}
_IO_URING = (425, 426, 427)  # setup, enter, register: the same everywhere
_X32 = 0x40000000  # calls of x86-64 under other numbers begin here

_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06  # linux/bpf_common.h
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24  # where they stand in struct seccomp_data
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_BELIEVED, _REFUSE = 0x00050000, 0x00050000 | errno.EACCES  # it is not done; the first says that it was

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse_network() -> bool:
    """For this process and all it starts; False when the kernel or the processor is not known. Needs NO_NEW_PRIVS."""
    known = _PROCESSORS.get(os.uname().machine)
    if known is None:
        return False
    code = _program(*known)
    program = _Program(len(code) // 8, code)
    return _libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0


def _program(architecture: int, sockets: tuple[int, int], listening: tuple[int, int], connect: int) -> bytes:
    """Lines of code, jumps if so and if not, operand; a jump says how many lines are passed over."""
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for number in listening:
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _BELIEVED)]
    for number in (*_IO_URING, connect):
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    lines += [
        (_JUMP_EQUAL, 2, 0, sockets[0]),
        (_JUMP_EQUAL, 1, 0, sockets[1]),
        (_RETURN, 0, 0, _ALLOW),
        (_LOAD, 0, 0, _FIRST),
        (_JUMP_EQUAL, 1, 0, _AF_UNIX),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _SECOND),
        (_AND, 0, 0, _TYPE),
        (_JUMP_EQUAL, 1, 0, _SOCK_STREAM),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
