"""Where a handheld may have its messages sent."""

import ipaddress
from urllib.parse import urlsplit

from ..webhook.address import address_fault

# Names that stand for the own network wherever they are asked for.
INNER = ("localhost", ".localhost", ".local", ".internal", ".lan", ".home.arpa")


def endpoint_fault(url: str, allow_private: bool) -> str:
    """Say why no push service can be there, as a code; empty if one can.

    A name is checked when it is called: the transport looks where it leads then.

    :param allow_private: the own network may be reached, also without encryption.
    """
    fault = address_fault(url, allow_http=allow_private)
    if fault or allow_private:
        return fault
    host = (urlsplit(url).hostname or "").rstrip(".")
    return "private" if _is_inner(host) else ""


def _is_inner(host: str) -> bool:
    try:
        # Makers of browsers have names: a number is somebody's own machine, or a mistake.
        ipaddress.ip_address(host)
        return True
    except ValueError:
        return "." not in host or host.endswith(INNER)
