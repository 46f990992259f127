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
        return self._records()[self]

    def _records(self):
        """Return {event: what it is about, nothing if it is gone}, by one query a model."""
        found = dict.fromkeys(self, self.browse())
        for model, events in self.grouped("res_model").items():
            if not model or model not in self.env:
                continue
            records = self.env[model].browse(set(filter(None, events.mapped("res_id"))))
            known = {record.id: record for record in records.exists()}
            found |= {event: known.get(event.res_id, records.browse()) for event in events}
        return found

    def _link(self, record=None):
        """Return the address that opens the record, with its company, after a log-in."""
        record = self._record() if record is None else record
        return self.env["stockex.notify.people"]._link(record) or self.get_base_url()
