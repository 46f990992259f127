from odoo import fields, models


class CountReason(models.Model):
    """Why the shelf did not hold what the book said."""

    _name = "stockex.count.reason"
    _description = "Variance Reason"
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    direction = fields.Selection(
        [
            ("any", "Shortages and surpluses"),
            ("shortage", "Shortages only"),
            ("surplus", "Surpluses only"),
        ],
        default="any",
        required=True,
    )
    company_id = fields.Many2one("res.company", help="Every company if empty.")
    note = fields.Text(translate=True, help="When to choose it.")
    active = fields.Boolean(default=True)

    # --- Business ---

    def _fits(self, difference):
        """Tell whether the reason can explain a variance."""
        self.ensure_one()
        return (
            self.direction == "any"
            or (self.direction == "shortage" and difference < 0)
            or (self.direction == "surplus" and difference > 0)
        )
