"""What every hall of this installation stands on."""

from __future__ import annotations

from dataclasses import dataclass

from meeting_app.db import Database
from meeting_app.seal import Seal
from meeting_app.votes import VoteKeys
from signaling.clock import Clock
from signaling.media import Media
from signaling.push import Pushes
from signaling.settings import Settings


@dataclass(frozen=True)
class House:
    """Made once, by `create_app`."""

    settings: Settings
    clock: Clock
    database: Database
    media: Media
    pushes: Pushes
    vote_keys: VoteKeys
    seal: Seal
