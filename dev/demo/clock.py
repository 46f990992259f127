"""Odoo's clock, stopped at a moment of the story.

freezegun slows every call of Odoo down by scanning its modules; only the four places through
which the ORM reads the time are replaced here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import BaseCursor


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Let Odoo believe that it is `moment` (UTC, without time zone)."""
    moment = moment.replace(microsecond=0)
    context_today = fields.Date.context_today
    replacements = (
        (fields.Datetime, "now", staticmethod(lambda *_args: moment)),
        (fields.Date, "today", staticmethod(lambda *_args: moment.date())),
        (
            fields.Date,
            "context_today",
            staticmethod(lambda record, timestamp=None: context_today(record, timestamp or moment)),
        ),
        (BaseCursor, "now", lambda _cursor: moment),
    )
    with ExitStack() as stack:
        for owner, name, replacement in replacements:
            stack.enter_context(patch.object(owner, name, replacement))
        yield
