"""The decorator that makes a method a route, its validation and a part of the document."""

import re

from odoo import http

from ...pure.v1.catalogue import ROOT, register
from ...pure.v1.operation import Operation
from . import dispatcher  # noqa: F401 - registers the type of route before the first is made

JSON_LIMIT = 2 * 1024 * 1024


def api(method, path, *, limit=JSON_LIMIT, **facts):
    """Serve an operation (see `Operation` for the facts) by the method below.

    The method gets the path's parameters, and `query`, `body` or `data` (raw) if the
    operation declares them; it returns a dict, or a response of its own.

    :param limit: of the request's body, in bytes.
    """

    def decorate(function):
        operation = Operation(name=function.__name__, method=method, path=path, **facts)
        register(operation)
        return http.route(
            ROOT + re.sub(r"{(\w+)}", _converter, path),
            type="stockex_api",
            auth="none",
            methods=[method],
            csrf=False,
            save_session=False,
            readonly=operation.is_safe,
            max_content_length=limit,
            operation=operation,
        )(function)

    return decorate


def _converter(match):
    """Write a path parameter for the router: digits, or any text."""
    kind = "int" if match[1].endswith("_id") else "stockex_text"
    return f"<{kind}:{match[1]}>"
