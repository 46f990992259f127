from odoo import api, models

from .handheld_events import CONFLICT, REVOKED, STUCK
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
            CONFLICT: self.env._("A handheld contradicts what was counted"),
            STUCK: self.env._("A handheld cannot send what was counted"),
            REVOKED: self.env._("A handheld was shut out"),
        }

    @api.model
    def _field_labels(self):
        return {
            **super()._field_labels(),
            "by": self.env._("Shut out by"),
            "choice": self.env._("What was decided"),
            "conflicts": self.env._("Conflicts"),
            "counter": self.env._("Counter"),
            "decider": self.env._("Decided by"),
            "handheld": self.env._("Handheld"),
            "line": self.env._("Line"),
            "since": self.env._("Since"),
            "waiting": self.env._("Unsent"),
        }

    @api.model
    def _own_labels(self):
        return {**super()._own_labels(), (CONFLICT, "first"): self.env._("First line")}
