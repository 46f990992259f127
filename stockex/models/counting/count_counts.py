from odoo import api, fields, models

from .count_plan import SEES_BOOK


class CountCounts(models.AbstractModel):
    """What products, locations and lots show of their counts: a number and a way there."""

    _name = "stockex.count.counts"
    _description = "Counts of a Record"

    stockex_counted_line_count = fields.Integer(
        "Counts", compute="_compute_stockex_counted_line_count", groups=SEES_BOOK
    )

    # --- Compute ---

    def _compute_stockex_counted_line_count(self):
        """Count the lines of all records at once; an integer each, 0 for new ones."""
        counts = self._stockex_counted_lines()
        for record in self:
            record.stockex_counted_line_count = counts.get(record._origin.id, 0)

    # --- Actions ---

    def action_stockex_counts(self):
        """Open the counted lines of the records."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_line_analysis_action")
        action["domain"] = [("state", "!=", "pending"), *self._stockex_line_domain()]
        action["context"] = {"search_default_group_session": 1}
        return action

    # --- Business ---

    @api.model
    def _stockex_grouped(self, domain, field):
        """Return {record: number of counted lines}, as the user may see them."""
        groups = self.env["stockex.count.line"]._read_group(
            [("state", "!=", "pending"), *domain], [field], ["__count"]
        )
        return dict(groups)

    def _stockex_counted_lines(self):
        """Return {id: number of counted lines}. A hook: always overridden."""
        raise NotImplementedError

    def _stockex_line_domain(self):
        """Return the domain of the records' lines. A hook: always overridden."""
        raise NotImplementedError
