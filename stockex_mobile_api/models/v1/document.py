import re

from odoo import api, models, tools

from ...pure.auth import scopes
from ...pure.v1 import openapi
from ...pure.v1.catalogue import OPERATIONS, ROOT, TAGS, VERSION


class ApiDocument(models.AbstractModel):
    """The OpenAPI document of what is installed, and which methods a path takes."""

    _name = "stockex.api.document"
    _description = "API Document"

    # --- Business ---

    @api.model
    @tools.ormcache()
    def _document(self):
        """Return the OpenAPI document."""
        return openapi.build(OPERATIONS.values(), scopes.descriptions(), VERSION, TAGS, ROOT)

    @api.model
    def _docs_are_on(self):
        """Tell whether some company wants the documentation page shown."""
        # sudo: a visitor may not read companies; only this answer leaves.
        companies_sudo = self.env["res.company"].sudo()
        return bool(companies_sudo.search_count([("stockex_api_docs", "=", True)], limit=1))

    @api.model
    def _methods(self, path):
        """List the methods that a path of the API takes; empty if there is no such path."""
        below = path.removeprefix(ROOT).rstrip("/") or "/"
        found = set()
        for operation in OPERATIONS.values():
            pattern = re.sub(r"{(\w+)}", _pattern, operation.path)
            if re.fullmatch(pattern, below):
                found.add(operation.method)
        if "GET" in found:
            found.add("HEAD")
        return sorted(found)


def _pattern(match):
    # As the router has it: no text begins with a slash.
    return r"\d+" if match[1].endswith("_id") else r"[^/].*"
