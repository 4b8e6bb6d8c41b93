"""The data folder, closed to other users of the machine: rows, links of the demonstration, control sockets."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from signaling.settings import Settings, SettingsError

LOCK_FILE = "serve.lock"


def make_folders(settings: Settings) -> None:
    """Make what is missing; a folder that exists keeps the mode its owner gave it. Raises `SettingsError`."""
    for folder in (settings.data, settings.run_folder):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(folder, error) from error


def hold_data(settings: Settings) -> int:
    """Keep other installations from this data folder; raises `SettingsError` when one has it, or nobody can hold it.

    Returns a file descriptor: the folder is held until this process and every child that inherits it have ended.
    Two services on the same rows would each note the other's people as absent, and end their sound and pictures.
    """
    path = settings.data / LOCK_FILE
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        if not isinstance(error, BlockingIOError):  # as on a file system without locks
            raise _unusable(path, error) from error
        raise SettingsError(
            f"the system already runs on {settings.data.absolute()} ({LOCK_FILE} there is locked); "
            "end it before it is started again"
        ) from error
    return held


def _unusable(path: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"cannot keep data in {path.absolute()} ({error.strerror}); HOITRUONG_DATA names a folder that this user may "
        "write to, on a disk that knows locks"
    )
