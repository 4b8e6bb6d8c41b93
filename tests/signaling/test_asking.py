"""What a request says about who asks."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import make_mocked_request

from signaling.http.asking import address_of
from signaling.settings import Settings


@pytest.mark.parametrize(
    ("forwarded", "counts_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("192.0.2.1, 203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:a::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:b::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", "unknown"),
    ],
)
def test_a_limit_counts_for_an_address_and_of_ipv6_for_its_network(forwarded: str, counts_as: str) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded})
    assert address_of(request, Settings(behind_proxy=True)) == counts_as
