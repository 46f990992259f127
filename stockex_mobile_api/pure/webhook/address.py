"""Which addresses a webhook may have."""

from urllib.parse import urlsplit


def address_fault(url: str, *, allow_http: bool) -> str:
    """Say what is wrong with an address, as a code; empty if it is right.

    :return: ``malformed``, ``credentials`` (a password in it would be stored in clear),
        ``fragment`` or ``not_https``.
    """
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return "malformed"
    if not fine or any(character.isspace() or ord(character) < 32 for character in url):
        return "malformed"
    if parts.username is not None or parts.password is not None:
        return "credentials"
    if parts.fragment:
        return "fragment"
    return "" if parts.scheme == "https" or allow_http else "not_https"
