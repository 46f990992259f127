"""Keys of the REST API made beside a running server, and a plain client."""

import hashlib
import secrets
from typing import Any

import requests

from tests.support.server import Server

ROOT = "/stockex/api/v1"
TIMEOUT_S = 60


def issue(server: Server, login: str, *scopes: str, limit: int = 0, sandbox: bool = False) -> str:
    """Make a key of a user with some scopes (all, if none is named); return its text.

    Written by SQL, as the screens show a key only to people.
    """
    text = ("sxt_" if sandbox else "sxk_") + secrets.token_urlsafe(32)
    digest = hashlib.sha256(text.encode()).hexdigest()
    names = ", ".join(f"'{scope}'" for scope in scopes) or "NULL"
    chosen = f"s.name IN ({names})" if scopes else "TRUE"
    server.sql(
        f"""WITH made AS (
                INSERT INTO stockex_api_key (name, user_id, company_id, all_companies, sandbox,
                        prefix, key_hash, limit_per_minute, expires_at, create_date)
                SELECT 'Test', u.id, u.company_id, TRUE, {sandbox}, '{text[:8]}', '{digest}',
                       {limit}, now() AT TIME ZONE 'UTC' + interval '1 day', now()
                  FROM res_users u WHERE u.login = '{login}' RETURNING id)
            INSERT INTO stockex_api_key_stockex_api_scope_rel
            SELECT made.id, s.id FROM made, stockex_api_scope s WHERE {chosen}"""
    )
    return text


class Api:
    """A client that adds nothing to what it is told but its key."""

    def __init__(self, server: Server, key: str) -> None:
        self.url = server.url + ROOT
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {key}"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request; `json`, `data`, `params` and `headers` are those of requests."""
        return self.session.request(method, self.url + path, timeout=TIMEOUT_S, **options)

    def get(self, path: str, **params: Any) -> Any:
        """Read something that must be there."""
        answer = self.call("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, json: Any = None, status: int = 200, **headers: str) -> Any:
        """Do a step that must be allowed."""
        body = {} if json is None else json
        answer = self.call("POST", path, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()
