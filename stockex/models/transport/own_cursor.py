"""Cursors beside the user's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from odoo.sql_db import Cursor, db_connect


@contextmanager
def own_cursor(dbname: str) -> Iterator[Cursor]:
    """Open a transaction of its own at READ COMMITTED; committed unless it fails.

    At Odoo's REPEATABLE READ, writers of one hot row fail one another and a row that
    changed since the transaction began cannot be claimed.
    """
    with db_connect(dbname).cursor() as cr:
        read_committed(cr)
        yield cr


def read_committed(cr: Cursor) -> None:
    """Make the transaction that begins now see what others commit meanwhile."""
    cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
