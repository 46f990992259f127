from odoo import api, models

from .sync_telling import DECIDED


class NotifyVocabulary(models.AbstractModel):
    """What the events of handhelds are called."""

    _inherit = "stockex.notify.vocabulary"

    # --- Business ---

    @api.model
    def _event_labels(self):
        return {
            **super()._event_labels(),
            DECIDED: self.env._("Somebody decided about a counter's entry"),
        }

    @api.model
    def _field_labels(self):
        return {
            **super()._field_labels(),
            "line": self.env._("Line"),
            "choice": self.env._("What was decided"),
            "decider": self.env._("Decided by"),
        }
