"""Errors of ours that somebody catches, or that the API answers with a status."""

from odoo.exceptions import UserError


class CountRefused(UserError):
    """An entry that the session cannot take; nothing of its batch was kept.

    :ivar faults: UUID -> why, of the entries that are at fault by themselves, so that the
        others can be tried without them; empty if that is not known.
    """

    http_status = 409
    code = "count_refused"

    def __init__(self, message, faults=None):
        super().__init__(message)
        self.faults = faults or {}


class BarcodeUnknown(CountRefused):
    """A scan that stands for nothing known here; the client offers to keep the find."""

    code = "barcode_unknown"

    def __init__(self, message, barcode):
        super().__init__(message)
        # Odoo sends this with the error to its web client.
        self.context = {"stockex_unknown_barcode": barcode}
