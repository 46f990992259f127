from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import SQL

# What the stock filter keeps of a stock key, by its quantity.
KEPT = {
    "all": SQL("ROUND(SUM(quant.quantity)::numeric, 6) <> 0"),
    "negative": SQL("ROUND(SUM(quant.quantity)::numeric, 6) < 0"),
    "not_positive": SQL("ROUND(SUM(quant.quantity)::numeric, 6) < 0"),
    "zero": SQL("FALSE"),
}


class CountStock(models.AbstractModel):
    """The stock keys that a plan names, with their book quantity and unit cost, as SQL."""

    _name = "stockex.count.stock"
    _description = "Stock to Count"

    # --- Business ---

    @api.model
    def _book_sql(self, plan, location_ids):
        """Select product, location, lot, package, owner, quantity and unit cost.

        :param plan: session or template.
        :param location_ids: the locations that can hold stock.
        """
        location_ids = location_ids or [0]
        stocked = self._stocked_sql(plan, location_ids)
        if plan.stock_filter not in ("zero", "not_positive") or plan.lot_ids:
            return stocked
        return SQL("%s UNION ALL %s", stocked, self._gone_sql(plan, location_ids))

    @api.model
    def _stocked_sql(self, plan, location_ids):
        company = plan.company_id
        return SQL(
            """SELECT quant.product_id, quant.location_id, quant.lot_id,
                      quant.package_id, quant.owner_id,
                      SUM(quant.quantity) AS quantity,
                      CASE WHEN quant.owner_id IS NULL OR quant.owner_id = %(partner)s
                           THEN COALESCE(MAX(CASE WHEN template.lot_valuated
                                    THEN (lot.standard_price->>%(company)s)::numeric
                                    ELSE (product.standard_price->>%(company)s)::numeric
                                END), 0)
                           ELSE 0 END AS unit_cost
                 FROM stock_quant quant
                 JOIN product_product product ON product.id = quant.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
                WHERE quant.location_id = ANY(%(locations)s) AND %(wanted)s
             GROUP BY quant.product_id, quant.location_id, quant.lot_id,
                      quant.package_id, quant.owner_id
               HAVING %(kept)s""",
            partner=company.partner_id.id,
            company=str(company.id),
            locations=location_ids,
            wanted=self._wanted_sql(plan),
            kept=KEPT[plan.stock_filter],
        )

    @api.model
    def _gone_sql(self, plan, location_ids):
        """Select what was once in a location and is no more: a line to count as zero.

        One line a product: the lots that left would be too many, and nobody expects them.
        """
        return SQL(
            """SELECT quant.product_id, quant.location_id, NULL::int, NULL::int, NULL::int,
                      0, COALESCE((product.standard_price->>%(company)s)::numeric, 0)
                 FROM (SELECT product_id, location_dest_id AS location_id
                         FROM stock_move_line
                        WHERE state = 'done' AND location_dest_id = ANY(%(locations)s)
                        UNION
                       SELECT product_id, location_id FROM stock_quant
                        WHERE location_id = ANY(%(locations)s)) quant
                 JOIN product_product product ON product.id = quant.product_id
                 JOIN product_template template ON template.id = product.product_tmpl_id
                WHERE product.active AND template.is_storable AND %(wanted)s
                  AND NOT EXISTS (
                        SELECT 1 FROM stock_quant held
                         WHERE held.product_id = quant.product_id
                           AND held.location_id = quant.location_id
                           AND ROUND(held.quantity::numeric, 6) <> 0)""",
            company=str(plan.company_id.id),
            locations=location_ids,
            wanted=self._wanted_sql(plan),
        )

    @api.model
    def _wanted_sql(self, plan):
        """Return the conditions on products, lots and moves; aliases quant and template."""
        wanted = [SQL("TRUE")]
        if plan.category_ids:
            categories = plan.category_ids._origin.search(
                [("id", "child_of", plan.category_ids._origin.ids)]
            )
            wanted.append(SQL("template.categ_id = ANY(%s)", categories.ids))
        if plan.product_ids:
            wanted.append(SQL("quant.product_id = ANY(%s)", plan.product_ids._origin.ids))
        if plan.lot_ids:
            wanted.append(SQL("quant.lot_id = ANY(%s)", plan.lot_ids._origin.ids))
        if plan.moved_since:
            self.env["stock.move.line"].flush_model()
            wanted.append(
                SQL(
                    """(quant.product_id, quant.location_id) IN (
                        SELECT product_id, location_id FROM stock_move_line
                         WHERE %(moved)s
                         UNION
                        SELECT product_id, location_dest_id FROM stock_move_line
                         WHERE %(moved)s)""",
                    moved=self._moved_sql(plan),
                )
            )
        return SQL(" AND ").join(wanted)

    @api.model
    def _moved_sql(self, plan):
        """Return the condition on a move line: it was done since the plan's day began here."""
        zone = ZoneInfo(self.env.user.tz or "UTC")
        midnight = datetime.combine(plan.moved_since, time.min, zone).astimezone(UTC)
        return SQL(
            """state = 'done' AND company_id = %(company)s
               AND (stockex_done_at >= %(since)s
                    OR (stockex_done_at IS NULL AND date >= %(since)s))""",
            company=plan.company_id.id,
            since=midnight.replace(tzinfo=None),
        )
