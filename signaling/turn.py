"""Addresses of the relay with credentials that expire, as coturn's REST scheme makes them.

draft-uberti-behave-turn-rest-00: the user name is the expiry in seconds and a label, the password its
HMAC-SHA1 under the secret that the relay shares with us.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from signaling.messages import IceServer
from signaling.settings import Settings


def ice_servers(settings: Settings, participant: str, now: datetime) -> tuple[IceServer, ...]:
    """What a browser is told; empty without a relay of our own, for there is no public one we would name."""
    if not settings.turn_urls:
        return ()
    username = f"{int(now.timestamp()) + settings.turn_lifetime_s}:{participant}"
    digest = hmac.digest(settings.turn_secret.encode(), username.encode(), hashlib.sha1)
    return (IceServer(urls=settings.turn_urls, username=username, credential=base64.b64encode(digest).decode("ascii")),)
