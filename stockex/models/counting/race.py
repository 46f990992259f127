from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ConcurrencyError


@contextmanager
def begin_again_if_taken() -> Iterator[None]:
    """Have Odoo replay the request if somebody else stored the same key just before.

    Our transaction cannot see their row; the replayed one does, and then finds nothing
    left to do or says in plain words what is in the way.
    """
    try:
        yield
    except UniqueViolation as error:
        raise ConcurrencyError(str(error)) from error
