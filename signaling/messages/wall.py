"""What the screens of the hall show."""

from __future__ import annotations

from typing import Literal

from signaling.messages.words import Command

WallShows = Literal["auto", "speaker", "agenda", "vote", "conclusions", "address", "check_in"]


class ShowOnWall(Command, frozen=True, kw_only=True, tag="show_on_wall"):
    """Choose what the walls show; `auto` lets them follow what happens."""

    shows: WallShows
