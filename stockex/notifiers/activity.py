"""Odoo's activities: something to do, on the record that it is about."""

from .base import Internal, _lt


class Activity(Internal):
    """An activity on the record; on a record that takes none, a notification in the inbox."""

    code = "activity"
    label = _lt("Odoo activity")
    internal = "activity"
    steps = (
        _lt(
            "There is nothing to set up: the activity appears on the record and in the clock menu."
        ),
        _lt("A message about a record without activities goes to the user's inbox instead."),
    )
