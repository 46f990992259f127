from odoo import fields, models


class CountClaim(models.Model):
    """A location that an open count has to itself.

    The unique index is what stops two counts from starting on one bin at the same
    moment; a check alone could not see the other's uncommitted start.
    """

    _name = "stockex.count.claim"
    _description = "Claimed Location"

    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, ondelete="cascade"
    )
    location_id = fields.Many2one("stock.location", required=True, ondelete="cascade")

    _location_unique = models.Constraint(
        "UNIQUE (location_id)",
        "Another open count already covers one of these locations.",
    )
