from collections import Counter

from odoo import models


class StockLocation(models.Model):
    _name = "stock.location"
    _inherit = ["stock.location", "stockex.count.counts"]

    # --- Business ---

    def _stockex_counted_lines(self):
        """Count the lines of each location and of all below it."""
        counts = Counter()
        for place, count in self._stockex_grouped(
            self._stockex_line_domain(), "location_id"
        ).items():
            for part in (place.parent_path or "").split("/"):
                if part:
                    counts[int(part)] += count
        return counts

    def _stockex_line_domain(self):
        return [("location_id", "child_of", self._origin.ids)]
