"""Errors of ours that the API answers with a status of their own."""

from odoo.exceptions import UserError


class ApiDenied(UserError):
    """A request whose sender is not known, not allowed here, or too eager.

    :ivar http_status: 401, 403 or 429.
    :ivar code: one word for programs, ``key_expired``.
    :ivar www_authenticate: the header of that name (RFC 6750), empty for none.
    :ivar retry_after_s: when to try again, 0 if trying again will not help.
    """

    def __init__(self, message, code, http_status=401, www_authenticate="", retry_after_s=0):
        super().__init__(message)
        self.code = code
        self.http_status = http_status
        self.www_authenticate = www_authenticate
        self.retry_after_s = retry_after_s


class KeyReused(UserError):
    """An `Idempotency-Key` that came with another request before."""

    http_status = 409
    code = "idempotency_key_reused"


class HandheldRefused(UserError):
    """A whole call of a handheld that is not served: it keeps what it has, and asks again.

    :ivar code: one word for the application, ``device_revoked``.
    """

    def __init__(self, message, code):
        super().__init__(message)
        self.code = code


class OperationRefused(UserError):
    """One operation of a handheld that cannot be applied; it is kept with its reason.

    :ivar code: one word for the application, ``session_closed``.
    :ivar status: what the operation becomes.
    :ivar vals: what else is known of it.
    """

    def __init__(self, message, code, status="rejected", **vals):
        super().__init__(message)
        self.code = code
        self.status = status
        self.vals = vals
