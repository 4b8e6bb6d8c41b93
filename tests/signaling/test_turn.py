"""Credentials that coturn accepts until they expire."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from signaling.settings import Settings
from signaling.turn import ice_servers

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def test_without_a_relay_no_address_is_named() -> None:
    assert ice_servers(Settings(), "p", NOW) == ()


def test_the_password_is_the_mac_of_expiry_and_name() -> None:
    settings = Settings(turn_urls=("turn:relay.example:3478",), turn_secret="north", turn_lifetime_s=60)
    (server,) = ice_servers(settings, "p1", NOW)
    assert server.username == f"{int(NOW.timestamp()) + 60}:p1"
    expected = hmac.new(b"north", server.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(server.credential) == expected
