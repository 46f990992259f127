"""Who a request comes from and how much they may ask."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    """The user behind a request, and what their key or token allows.

    :ivar uid: 0 for an application that acts for nobody yet.
    :ivar subject: what the rate counter and the log count by, ``key:12`` or ``client:3/7``.
    :ivar label: the key's or the application's name, for people.
    :ivar limit_per_minute: most requests a minute, 0 for no limit.
    :ivar company_ids: the companies to act in, the first one by default; empty means all
        that the user works in.
    :ivar company_id: the company whose settings hold, 0 if none.
    :ivar session_id: the access that a token belongs to, 0 for a key.
    :ivar token_jti: number of an access token, empty for a key.
    """

    uid: int
    scopes: frozenset[str]
    limit_per_minute: int
    subject: str
    label: str
    company_ids: tuple[int, ...] = ()
    sandbox: bool = False
    company_id: int = 0
    key_id: int = 0
    client_id: int = 0
    session_id: int = 0
    token_jti: str = ""
    log: bool = True
    log_bodies: bool = False

    def may(self, scope: str) -> bool:
        """Say whether the key or token covers a scope; an empty one needs nothing."""
        return not scope or scope in self.scopes


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of this minute.

    :ivar reset_s: seconds until the count starts again.
    """

    allowed: bool
    limit: int
    remaining: int
    reset_s: int
