from odoo import api, models


class CountRecorder(models.AbstractModel):
    _inherit = "stockex.count.recorder"

    # --- Business ---

    @api.model
    def _superseded(self, session, items, lines):
        """Let an item name what it replaces: a decision about several people's counts."""
        found = super()._superseded(session, items, lines)
        counts = self.env["stockex.count.entry"]
        for item, line in zip(items, lines, strict=True):
            if "replaces" in item:
                found[line.id] = counts.browse(item["replaces"])
        return found
