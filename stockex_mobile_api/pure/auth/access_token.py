"""Access tokens: short-lived, signed by this server for itself, read by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

# Pinned: what a token's header says of its algorithm decides nothing.
ALGORITHM = "HS256"
TYPE = "at+jwt"  # RFC 9068
LIFE_S = 900
# Several servers never have quite the same time.
LEEWAY_S = 5


class TokenInvalid(ValueError):
    """A token that is not ours, not for us, or not of now."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says.

    :ivar session_id: the authorisation it comes from.
    """

    uid: int
    client_id: str
    session_id: int
    scopes: frozenset[str]
    jti: str
    issued_at: datetime
    expires_at: datetime


def write_token(claims: Claims, key: str, issuer: str, audience: str) -> str:
    """Sign an access token.

    :param audience: names this database; another one's token is refused.
    """
    payload: dict[str, str | int] = {
        "iss": issuer,
        "aud": audience,
        "sub": str(claims.uid),
        "client_id": claims.client_id,
        "sid": claims.session_id,
        "scope": " ".join(sorted(claims.scopes)),
        "jti": claims.jti,
        "iat": _seconds(claims.issued_at),
        "exp": _seconds(claims.expires_at),
    }
    header = {"alg": ALGORITHM, "typ": TYPE}
    return jwt.encode(header, payload, OctKey.import_key(key), [ALGORITHM])


def read_token(text: str, key: str, audience: str, now: datetime) -> Claims:
    """Check an access token and return what it says.

    :param now: naive UTC.
    :raise TokenInvalid: with a code, ``expired`` among them.
    """
    try:
        token = jwt.decode(text, OctKey.import_key(key), [ALGORITHM])
        _rules(audience, now).validate(token.claims)
    except (JoseError, ValueError, TypeError) as error:
        raise TokenInvalid(getattr(error, "error", "") or "malformed") from error
    if token.header.get("typ") != TYPE:
        raise TokenInvalid("another_type")
    return _claims(token.claims)


def _rules(audience: str, now: datetime) -> jwt.JWTClaimsRegistry:
    needed: jwt.ClaimsOption = {"essential": True}
    return jwt.JWTClaimsRegistry(
        now=_seconds(now),
        leeway=LEEWAY_S,
        aud={"essential": True, "value": audience},
        **dict.fromkeys(("iss", "sub", "client_id", "sid", "scope", "jti", "iat", "exp"), needed),
    )


def _claims(found: Mapping[str, object]) -> Claims:
    uid, sid = str(found["sub"]), found["sid"]
    if not (uid.isdecimal() and len(uid) < 10 and isinstance(sid, int)):
        raise TokenInvalid("malformed")
    return Claims(
        uid=int(uid),
        client_id=str(found["client_id"]),
        session_id=sid,
        scopes=frozenset(str(found["scope"]).split()),
        jti=str(found["jti"]),
        issued_at=_moment(found["iat"]),
        expires_at=_moment(found["exp"]),
    )


def _seconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp())


def _moment(seconds: object) -> datetime:
    assert isinstance(seconds, (int, float))
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
