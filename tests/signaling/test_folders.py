"""A data folder is one installation's at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

import pytest

from signaling.folders import LOCK_FILE, hold_data, make_folders
from signaling.settings import Settings, SettingsError


def test_a_data_folder_is_held_by_one_until_it_ends(tmp_path) -> None:
    given = Settings(data=tmp_path / "data")
    make_folders(given)
    held = hold_data(given)
    with pytest.raises(SettingsError, match=f"already runs on {given.data}"):
        hold_data(given)
    os.close(hold_data(Settings(data=tmp_path)))  # a demonstration's data lie inside the real ones
    os.close(held)
    os.close(hold_data(given))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=f"cannot keep data in {tmp_path}/file/data .*HOITRUONG_DATA"):
        make_folders(Settings(data=tmp_path / "file" / "data"))


def test_a_folder_in_which_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE).mkdir()
    with pytest.raises(SettingsError, match=f"cannot keep data in {tmp_path}/{LOCK_FILE}"):
        hold_data(Settings(data=tmp_path))


def test_a_disk_without_locks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(SettingsError, match="No locks available"):
        hold_data(Settings(data=tmp_path))
