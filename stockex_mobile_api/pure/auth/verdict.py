"""Whether a key or a token that is genuine may still be used, now and from here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .network import is_inside, read_networks

# Who sends the request is not known (401), or is known and not let in (403).
STATUS: Mapping[str, int] = {
    "key_revoked": 401,
    "key_expired": 401,
    "token_revoked": 401,
    "user_inactive": 401,
    "company_refused": 403,
    "sandbox_missing": 403,
    "address_refused": 403,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database knows of a key or token, its user and its company.

    :ivar user_internal: the user is neither of the portal nor of the public.
    :ivar company_open: the company is active and the user works in it.
    :ivar networks: the text of allowed networks, empty for all.
    """

    kind: str
    revoked: bool
    expires_at: datetime | None
    user_active: bool
    user_internal: bool
    company_open: bool
    sandbox: bool
    company_is_sandbox: bool
    networks: str = ""


def refusal(facts: Facts, address: str, now: datetime) -> str:
    """Return the first reason against the use, a key of `STATUS`; empty if there is none."""
    reasons = {
        f"{facts.kind}_revoked": facts.revoked,
        f"{facts.kind}_expired": facts.expires_at is not None and facts.expires_at <= now,
        "user_inactive": not (facts.user_active and facts.user_internal),
        "company_refused": not facts.company_open,
        "sandbox_missing": facts.sandbox and not facts.company_is_sandbox,
        "address_refused": not is_inside(address, read_networks(facts.networks)),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")
