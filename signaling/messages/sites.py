"""Sites as the office prepares them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from signaling.messages.office import Asked
from signaling.messages.words import Id

SiteName = Annotated[str, msgspec.Meta(max_length=120)]
SiteUnit = Annotated[str, msgspec.Meta(max_length=200)]
Capacity = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


class SiteRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/sites: a new one; `…/sites/{site}`: written anew."""

    name: SiteName
    unit: SiteUnit = ""
    capacity: Capacity = 0  # seats in its room; 0: not told


class PlaceRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/placed: where people are to sit; null for nowhere in particular."""

    site: Id | None
    participants: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=1000)]
