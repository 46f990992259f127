from odoo import api, models
from odoo.tools import format_datetime


class Event(models.Model):
    _inherit = "stockex.event"

    # --- Compute ---

    @api.depends("name", "payload", "time")
    @api.depends_context("stockex_event_with_time", "tz", "lang")
    def _compute_display_name(self):
        """Tell events of one name apart where one of them is chosen."""
        super()._compute_display_name()
        if not self.env.context.get("stockex_event_with_time"):
            return
        for event in self:
            about = next((part for part in (event.payload or {}).values() if part), event.name)
            event.display_name = f"{about} · {format_datetime(self.env, event.time)}"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        """Leave a mark for the rules, in the same transaction."""
        events = super().create(vals_list)
        self.env["stockex.notify.pending"]._enqueue(events)
        return events

    # --- Business ---

    def _record(self):
        """Return what the event is about, nothing if it is gone."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return self.env[self._name]
        return self.env[self.res_model].browse(self.res_id or []).exists()

    def _link(self):
        """Return the address that opens the record, with its company, after a log-in."""
        return self.env["stockex.notify.people"]._link(self._record()) or self.get_base_url()
