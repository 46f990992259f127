"""The REST API and Odoo's JSON-2, reading the same product and its stock."""

from .runs import run

__all__ = ["run"]
