"""The OpenAPI document of the code in this checkout: no server, no database.

The operations register while their controllers are imported. `python -m dev.sdk.document`
prints the document.
"""

import importlib
import json
import sys
from typing import Any

from dev.lib.places import ROOT

ADDON = "odoo.addons.stockex_mobile_api"
Document = dict[str, Any]


def read() -> Document:
    """Return the document as a client gets it."""
    addons = importlib.import_module("odoo.addons")
    if str(ROOT) not in addons.__path__:
        addons.__path__.append(str(ROOT))
    importlib.import_module(f"{ADDON}.controllers")
    catalogue = importlib.import_module(f"{ADDON}.pure.v1.catalogue")
    openapi = importlib.import_module(f"{ADDON}.pure.v1.openapi")
    scopes = importlib.import_module(f"{ADDON}.pure.auth.scopes")
    built = openapi.build(
        catalogue.OPERATIONS.values(),
        scopes.descriptions(),
        catalogue.VERSION,
        catalogue.TAGS,
        catalogue.ROOT,
    )
    document: Document = json.loads(json.dumps(built))
    return document


def written(document: Document) -> str:
    """Write a document so that two of them compare line by line."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    json.dump(read(), sys.stdout)
