"""Versions of a record, as `ETag` and `If-Match` compare them."""

import hashlib
import json


def etag_of(shown):
    """Return the version of a record as it is shown: any visible change makes another."""
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def matches(header, etag):
    """Tell whether an `If-Match` or `If-None-Match` header names a version."""
    if not header:
        return False
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return "*" in names or etag in names
