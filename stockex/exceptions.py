"""Errors of ours that somebody catches, or that the API answers with a status."""

from odoo.exceptions import UserError


class CountRefused(UserError):
    """An entry that the session cannot take; nothing of its batch was kept."""

    http_status = 409
