"""Where a request comes from, no nearer than we need to know it."""

from __future__ import annotations

from ipaddress import ip_address, ip_network


def network_of(address: str | None) -> str:
    """The /24 (IPv4) or /56 (IPv6) round an address, which one household or office usually has to itself."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 56}", strict=False))
