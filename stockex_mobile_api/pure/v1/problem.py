"""Errors as RFC 9457 problem details: what happened, and the way out."""

from collections.abc import Sequence

from pydantic import Field

from .types import Schema

TITLES = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Refused",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Unsupported media type",
    422: "Invalid",
    429: "Too many requests",
    500: "Internal error",
    503: "Busy",
}


class Fault(Schema):
    """One thing that is wrong in a request."""

    where: str = Field(description="`body`, `query`, `path` or `header`, then the property.")
    message: str
    code: str


class Problem(Schema):
    """What went wrong (RFC 9457, `application/problem+json`)."""

    type: str = Field(
        description="What kind of problem; `about:blank` if the status says it all.",
        examples=["about:blank"],
    )
    title: str = Field(examples=["Refused"])
    status: int = Field(ge=400, le=599, examples=[409])
    detail: str = Field(description="What happened, to which record, and the way out.")
    code: str = Field(description="Stable, for programs.", examples=["refused"])
    request_id: str = Field(description="Names the request in the log of requests.")
    errors: list[Fault] | None = Field(default=None, description="One for each fault (422).")


def problem(
    status: int, code: str, detail: str, request_id: str, faults: Sequence[dict[str, str]] = ()
) -> dict[str, object]:
    """Write a problem.

    :param faults: dicts with where, message, code.
    """
    found: dict[str, object] = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }
    if faults:
        found["errors"] = list(faults)
    return found
