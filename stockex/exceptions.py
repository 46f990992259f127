"""Errors of ours that somebody catches, or that the API answers with a status."""

from odoo.exceptions import UserError


class CountRefused(UserError):
    """An entry that the session cannot take; nothing of its batch was kept."""

    http_status = 409
    code = "count_refused"


class BarcodeUnknown(CountRefused):
    """A scan that stands for nothing known here; the client offers to keep the find."""

    code = "barcode_unknown"

    def __init__(self, message, barcode):
        super().__init__(message)
        # Odoo sends this with the error to its web client.
        self.context = {"stockex_unknown_barcode": barcode}
