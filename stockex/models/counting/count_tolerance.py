from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...pure.counting.tolerance import Limits, exceeds


class CountTolerance(models.Model):
    """How large a variance may be before somebody counts again and says why."""

    _name = "stockex.count.tolerance"
    _description = "Count Tolerance"
    _order = "company_id, sequence, id"

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", ondelete="cascade")
    category_id = fields.Many2one(
        "product.category", ondelete="cascade", help="With the categories below it."
    )
    abc_class = fields.Selection([("a", "A"), ("b", "B"), ("c", "C")], string="Class")
    quantity = fields.Float(digits="Product Unit", help="Units either way; no limit if empty.")
    ratio = fields.Float(
        "Share", digits=(5, 4), help="Of the book quantity: 2 % either way; no limit if empty."
    )
    value = fields.Monetary(help="Worth of the variance either way; no limit if empty.")
    is_strict = fields.Boolean("None at all", help="Every variance is out of tolerance.")

    _not_negative = models.Constraint(
        "CHECK (quantity >= 0 AND ratio >= 0 AND value >= 0)", "A tolerance cannot be negative."
    )

    # --- Compute ---

    @api.depends("product_id", "category_id", "abc_class")
    def _compute_display_name(self):
        for tolerance in self:
            what = tolerance.product_id.display_name or tolerance.category_id.display_name
            letter = dict(self._fields["abc_class"]._description_selection(self.env)).get(
                tolerance.abc_class
            )
            tolerance.display_name = what or letter or self.env._("All products")

    # --- Python constraints ---

    @api.constrains("product_id", "category_id", "abc_class")
    def _check_one_target(self):
        for tolerance in self:
            if (
                sum(map(bool, (tolerance.product_id, tolerance.category_id, tolerance.abc_class)))
                > 1
            ):
                raise ValidationError(
                    self.env._(
                        "“%(tolerance)s”: a tolerance is for a product, a category or a class; "
                        "choose one of them.",
                        tolerance=tolerance.display_name,
                    )
                )

    # --- Business ---

    @api.model
    def _flag(self, session):
        """Mark the counted lines of a session that are out of tolerance.

        :param session: as superuser.
        :return: those lines.
        """
        lines = self.env["stockex.count.line"]
        lines.flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT id, product_id, difference, book_at_count, difference_value
                     FROM stockex_count_line
                    WHERE session_id = %s AND state = 'counted'
                      AND verdict IN ('different', 'moved')""",
                session.id,
            )
        )
        products = self.env["product.product"].browse({row[1] for row in rows})
        limits = self._limits_of(products, session.company_id)
        out = [
            line_id
            for line_id, product_id, difference, book, value in rows
            if exceeds(difference, book or 0.0, value or 0.0, limits[product_id])
        ]
        found = lines.browse(out)
        marked = lines.search([("session_id", "=", session.id), ("out_of_tolerance", "=", True)])
        (marked - found).write({"out_of_tolerance": False})
        (found - marked).write({"out_of_tolerance": True})
        return found

    @api.model
    def _limits_of(self, products, company):
        """Return {product id: Limits}.

        Those of the product, its nearest category, its class, or of all products: the
        first that is there.
        """
        tolerances = self.search([("company_id", "=", company.id)])
        by_product = {tol.product_id.id: tol for tol in reversed(tolerances) if tol.product_id}
        by_category = {tol.category_id.id: tol for tol in reversed(tolerances) if tol.category_id}
        by_class = {tol.abc_class: tol for tol in reversed(tolerances) if tol.abc_class}
        general = tolerances.filtered(
            lambda tol: not (tol.product_id or tol.category_id or tol.abc_class)
        )[:1]
        found = {}
        for product in products.with_company(company):
            path = [int(part) for part in (product.categ_id.parent_path or "").split("/") if part]
            nearest = next(
                (by_category[item] for item in reversed(path) if item in by_category), None
            )
            tolerance = (
                by_product.get(product.id)
                or nearest
                or by_class.get(product.stockex_abc_class)
                or general
            )
            found[product.id] = tolerance._limits()
        return found

    def _limits(self):
        if self.is_strict:
            return Limits(quantity=0.0)
        return Limits(self.quantity or None, self.ratio or None, self.value or None)
