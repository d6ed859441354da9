"""A network in place of an address."""

from __future__ import annotations

import pytest

from shop.core.networks import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2ff:3::1", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_stands_for_its_network(address: str | None, network: str) -> None:
    assert network_of(address) == network
