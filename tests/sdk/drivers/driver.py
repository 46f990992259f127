"""Make the calls of standard input with the Python client; print what came of each."""

import base64
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from stockex_client import ApiError, Client, NetworkError, Version


def shown(value: Any) -> Any:
    """Write an answer as all clients' answers are compared."""
    if isinstance(value, Version):
        return value._asdict()
    if isinstance(value, Iterator):
        return list(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def run(client: Client, call: dict[str, Any]) -> dict[str, Any]:
    """Make one call."""
    values = list(call.get("places", []))
    if "data" in call:
        values += [base64.b64decode(call["data"]), call["media_type"]]
    if "body" in call:
        values.append(call["body"])
    options = {**call.get("query", {}), **call.get("options", {})}
    try:
        return {"value": shown(getattr(client, call["name"])(*values, **options))}
    except ApiError as error:
        names = ("status", "code", "title", "detail", "errors", "request_id", "retry_after_s")
        return {"error": {name: getattr(error, name) for name in names}, "text": str(error)}
    except NetworkError as error:
        return {"network": str(error)}


def main() -> None:
    """Take the address, the key and the settings from the command line."""
    url, key, settings = sys.argv[1:]
    client = Client(url, key, **json.loads(settings))
    results = []
    for call in json.load(sys.stdin):
        started = time.monotonic()
        results.append({**run(client, call), "seconds": time.monotonic() - started})
    json.dump(results, sys.stdout)


main()
