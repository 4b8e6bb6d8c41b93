"""The data folder, closed to other users of the machine: rows, links of the demonstration, control sockets."""

from __future__ import annotations

from signaling.settings import Settings


def make_folders(settings: Settings) -> None:
    """Make what is missing; a folder that exists keeps the mode its owner gave it."""
    for folder in (settings.data, settings.run_folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
