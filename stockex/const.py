"""Limits that several capabilities share."""

# A count above this is a typing or scanning slip (a barcode typed as a quantity).
MAX_QUANTITY = 10_000_000

# Lines posted in one transaction: large enough to amortise Odoo's batch work, small
# enough to stay far below the 30 seconds a background chunk may take.
POSTING_CHUNK = 250
