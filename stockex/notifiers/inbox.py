"""Odoo's own notifications: the bell and the inbox of the discussion app."""

from .base import Internal, _lt


class Inbox(Internal):
    """A notification in Odoo's inbox; no mail is sent, whatever the user prefers for mail."""

    code = "inbox"
    label = _lt("Odoo inbox")
    internal = "inbox"
    steps = (_lt("There is nothing to set up: every user has an inbox."),)
