"""The base of the tests of resources: real requests, whose answers keep to the document."""

import re
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo.tests import HttpCase

from ...pure.v1.catalogue import OPERATIONS, ROOT
from ...pure.v1.operation import JSON, PROBLEM
from ...pure.v1.problem import Problem
from ...pure.v1.refusals import refusals_of
from ..auth.common import AuthCase

# Of every operation, documented or not.
ANYWHERE = {404, 405}


class ApiCase(AuthCase, HttpCase):
    """One business and its roles, reached through the dispatcher as clients reach it.

    Every answer is checked against what its operation documents: status, type, body.
    """

    @classmethod
    def key(cls, user=None, *scopes, **vals):
        """Return the text of a new key; one that may ask as often as it likes.

        :param scopes: all there are if none is named.
        """
        names = scopes or cls.env["stockex.api.scope"].search([]).mapped("name")
        key, text = cls.issue(user, names, **vals)
        key.limit_per_minute = vals.get("limit_per_minute", 0)
        return text

    def call(self, method, path, key=None, json=None, headers=None, **options):
        """Send a request; return the `requests.Response`.

        :param path: below the version, `/counts`.
        :param options: of `requests`: params, data, timeout.
        """
        sent = {"Authorization": f"Bearer {key}"} if key else {}
        if json is None and options.get("data") is not None:
            sent["Content-Type"] = JSON
        url = f"{self.base_url()}{ROOT}{path}"
        response = self.opener.request(
            method, url, json=json, headers={**sent, **(headers or {})}, timeout=30, **options
        )
        self.env.invalidate_all()
        self.assert_documented(method, path, response)
        return response

    def get(self, path, key, status=200, **params):
        """Read; return the body."""
        return self.body(self.call("GET", path, key, params=params), status)

    def send(self, method, path, key, json=None, status=200, headers=None):
        """Write; return the body."""
        return self.body(self.call(method, path, key, json, headers), status)

    def body(self, response, status=200):
        """Return the body of an answer of the status that is expected."""
        self.assertEqual(response.status_code, status, response.text)
        return response.json() if response.content else None

    def walk(self, path, key, **params):
        """Return the records of all pages."""
        found, cursor = [], None
        while True:
            page = self.get(path, key, **params, **({"cursor": cursor} if cursor else {}))
            found += page["data"]
            cursor = page["next_cursor"]
            if not cursor:
                return found

    @contextmanager
    def as_request(self, *scopes):
        """Let what asks for the key's scopes run without a request; all if none is named."""
        identity = SimpleNamespace(may=lambda scope: not scopes or scope in scopes)
        request = SimpleNamespace(dispatcher=SimpleNamespace(identity=identity))
        with patch("odoo.addons.stockex_mobile_api.controllers.v1.products.request", request):
            yield

    # --- Assertions ---

    def assert_documented(self, method, path, response):
        operation = operation_of(method, path)
        status, kind = response.status_code, response.headers.get("Content-Type", "")
        if operation is None:
            self.assertIn(status, ANYWHERE, response.text)
        else:
            known = {operation.status, 304, *refusals_of(operation)}
            self.assertIn(status, known, response.text)
        if status >= 400:
            self.assertEqual(kind, PROBLEM)
            Problem.model_validate_json(response.content)
            self.assertNotIn("Traceback", response.text)
        elif operation and operation.response and response.content:
            self.assertEqual(kind, JSON)
            operation.response.model_validate_json(response.content)

    def assert_problem(self, response, status, code, *words):
        """Check an error; return it."""
        found = self.body(response, status)
        self.assertEqual((found["status"], found["code"]), (status, code), found)
        for word in words:
            self.assertIn(word, response.json()["detail"])
        return found

    def assert_faults(self, response, *places):
        """Check that a request is refused for these properties, parameters or headers."""
        found = self.assert_problem(response, 422, "invalid")
        self.assertEqual({fault["where"] for fault in found["errors"]}, set(places))
        return found


def operation_of(method, path):
    """Return the operation behind a path without query, or None."""
    path = path.partition("?")[0]
    for operation in OPERATIONS.values():
        pattern = re.sub(r"{(\w+)}", _pattern, operation.path)
        if operation.method == method and re.fullmatch(pattern, path):
            return operation
    return None


def _pattern(match):
    return r"\d+" if match[1].endswith("_id") else r".+"
