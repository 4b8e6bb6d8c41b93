"""A data folder is one installation's at a time."""

from __future__ import annotations

import os

import pytest

from signaling.folders import hold_data, make_folders
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
