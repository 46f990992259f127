"""Where requests come from."""

import ipaddress
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotANetwork(ValueError):
    """A part of a list that is no network."""


@lru_cache(maxsize=1024)
def read_networks(text: str) -> tuple[Network, ...]:
    """Read a list of networks, one a line or separated by commas or spaces.

    A single address is a network of one; ``10.1.2.3/24`` means ``10.1.2.0/24``.

    :raise NotANetwork: with the part that is none.
    """
    found = []
    for part in text.replace(",", " ").replace(";", " ").split():
        try:
            network = ipaddress.ip_network(part, strict=False)
        except ValueError as error:
            raise NotANetwork(part) from error
        if network not in found:
            found.append(network)
    return tuple(found)


def is_inside(address: str, networks: tuple[Network, ...]) -> bool:
    """Say whether an address is in one of the networks; no network at all lets in every one."""
    if not networks:
        return True
    found = _read_address(address)
    return found is not None and any(
        found.version == network.version and found in network for network in networks
    )


def neighbourhood(address: str) -> str:
    """Return what one sender cannot easily change: an IPv4 address, or the /64 of an IPv6."""
    found = _read_address(address)
    if found is None:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _read_address(text: str) -> Address | None:
    """Read an address; an IPv4 one in IPv6 clothes is an IPv4 one."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
