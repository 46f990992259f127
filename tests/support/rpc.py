"""Odoo's JSON-RPC as its web client speaks it."""

from typing import Any

import requests

TIMEOUT_S = 60


class RpcError(Exception):
    """The server's refusal: the exception's full name and its message."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


class Rpc:
    """A session of one user.

    :raise RpcError: at once, if the login is refused.
    """

    def __init__(self, url: str, db: str, login: str, password: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.info = self.post(
            "/web/session/authenticate", {"db": db, "login": login, "password": password}
        )
        self.uid: int = self.info["uid"]

    def post(self, path: str, params: dict[str, Any]) -> Any:
        """Call a JSON-RPC route.

        :raise RpcError: if the server answers with an error.
        """
        answer = self.session.post(
            self.url + path,
            json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": params},
            timeout=TIMEOUT_S,
        )
        answer.raise_for_status()
        body = answer.json()
        if "error" in body:
            data = body["error"].get("data") or {}
            raise RpcError(
                data.get("name", "unknown"), data.get("message", body["error"]["message"])
            )
        return body.get("result")

    def call(self, model: str, method: str, *args: Any, **kw: Any) -> Any:
        """Call a public method; the ids come first, as a list.

        :raise RpcError: if the server refuses.
        """
        params = {"model": model, "method": method, "args": list(args), "kwargs": kw}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)
