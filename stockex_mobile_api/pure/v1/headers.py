"""The headers that requests may carry and answers do, as the document names them."""

from typing import Any

Header = dict[str, Any]

_TEXT = {"type": "string"}
IDEMPOTENCY: Header = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of your own for this request, such as a UUID. Sent again with the "
    "same body, it gets the same answer and nothing happens twice; with another body, 409.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
    "example": "3f0c2a52-5d0f-4c4e-9f0b-0d8f3f3f6a11",
}
IDEMPOTENCY_OF_A_SECRET: Header = IDEMPOTENCY | {
    "description": "A text of your own for this request, such as a UUID. Nothing happens twice "
    "under it; the answer holds a secret and is not kept, so a second request gets 409.",
}
IF_MATCH: Header = {
    "name": "If-Match",
    "in": "header",
    "description": "The `ETag` that your change is based on; 412 if the record has another.",
    "schema": _TEXT,
}
IF_NONE_MATCH: Header = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` that you have; 304 if it is still the record's.",
    "schema": _TEXT,
}
REQUEST_ID: dict[str, Header] = {
    "X-Request-Id": {"description": "Names the request in the log.", "schema": _TEXT}
}
RATE: dict[str, Header] = {
    "RateLimit-Policy": {
        "description": "How many requests (`q`) in how many seconds (`w`).",
        "schema": _TEXT,
        "example": '"minute";q=100;w=60',
    },
    "RateLimit": {
        "description": "What is left (`r`), and the seconds until it is whole again (`t`).",
        "schema": _TEXT,
        "example": '"minute";r=97;t=42',
    },
}
RETRY: dict[str, Header] = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
}
