from odoo import models

from ...models.counting.count_plan import SEES_BOOK


class CountSession(models.Model):
    _inherit = "stockex.count.session"

    # --- Actions ---

    def action_compare(self):
        """Compare two sessions: those that are ticked, or this one with another."""
        self._check_role(*SEES_BOOK.split(","))
        comparisons = self.env["stockex.count.comparison"]
        if len(self) == 1:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "stockex.count_comparison_choose_action"
            )
            action["context"] = {"default_first_id": self.id}
            return action
        # The older one first, however they stand in the list.
        ordered = self.sorted("id")
        comparisons._check_two(ordered)
        return comparisons.create(
            {"first_id": ordered[0].id, "second_id": ordered[1].id}
        ).action_compare()
