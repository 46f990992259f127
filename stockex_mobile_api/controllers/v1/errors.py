"""What stops a request of the API, and how it is told."""

from psycopg2 import OperationalError
from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessDenied, AccessError, LockError, MissingError, UserError

from ...pure.v1.problem import TITLES

CODES = {
    400: "malformed",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "refused",
    413: "too_large",
    415: "media_type",
    422: "invalid",
    429: "rate_limited",
    503: "busy",
}
# Another transaction was there first, also after Odoo's own repetitions.
CONTENTION = (OperationalError, LockError)


class ApiError(HTTPException):
    """An answer of the API's own: status, a stable code, a sentence with the way out."""

    def __init__(self, status, code, detail, faults=(), headers=()):
        super().__init__(detail)
        self.code = status
        self.problem_code = code
        self.faults = list(faults)
        self.extra_headers = list(headers)


def not_found():
    """Return the error for a record that is not there, or not for this key's owner."""
    return ApiError(404, "not_found", "There is no such record, or the key may not see it.")


def as_api_error(error):
    """Turn any exception into one that may be told; what it is inside stays inside."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, MissingError):
        return not_found()
    if isinstance(error, AccessDenied):
        return ApiError(401, "unauthenticated", "The key or token is not accepted.")
    if isinstance(error, AccessError):
        return ApiError(403, "forbidden", str(error))
    if isinstance(error, CONTENTION):
        detail = "Others work on the same records just now. Send the request again."
        return ApiError(503, "busy", detail, headers=[("Retry-After", "1")])
    if isinstance(error, UserError):
        status = getattr(error, "http_status", 409)
        status = status if status in TITLES and status != 422 else 409
        seconds = getattr(error, "retry_after_s", 0)
        headers = [("Retry-After", str(seconds))] if seconds else []
        return ApiError(status, getattr(error, "code", None) or "refused", str(error), (), headers)
    if isinstance(error, HTTPException) and error.code in CODES:
        detail = TITLES[error.code] + "."
        return ApiError(error.code, CODES[error.code], detail)
    return ApiError(500, "internal", "Something failed inside; the log names the request.")
