from odoo import api, fields, models
from odoo.fields import Domain

from .handheld_events import CONFLICT, REVOKED, STUCK

BATCH = 500


class SyncDeviceAlerting(models.Model):
    """Leaves the events with which people are told of handhelds."""

    _inherit = "stockex.sync.device"

    queue_told_at = fields.Datetime(
        "Told of what is unsent",
        readonly=True,
        help="Since when what waited then had waited; what waits since another moment is told "
        "again.",
    )

    # --- Actions ---

    def action_revoke(self):
        active = self.filtered(lambda device: device.state == "active")
        done = super().action_revoke()
        active._tell_revoked()
        return done

    # --- Cron ---

    @api.model
    def _cron_stuck(self):
        """Tell of handhelds in a count on which something waits for too long, once a queue."""
        domain = self._alarm("is_stuck") & Domain("session_id.state", "=", "counting")
        stuck = self.search(domain, order="id").filtered(
            lambda device: device.queue_told_at != device.queue_oldest_at
        )
        for first in range(0, len(stuck), BATCH):
            batch = stuck[first : first + BATCH]
            batch._tell_stuck()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    # --- Business ---

    def _tell_stuck(self):
        payloads = {
            device.id: {
                "session": device.session_id.name,
                **device._names(),
                "waiting": device.queue_waiting,
                "since": fields.Datetime.to_string(device.queue_oldest_at),
            }
            for device in self
        }
        self.env["stockex.event"]._emit(STUCK, self, payloads)
        for device in self:
            device.queue_told_at = device.queue_oldest_at

    def _tell_revoked(self):
        # sudo: names of people and handhelds that the user may see.
        self_sudo = self.sudo()
        payloads = {
            device.id: {
                **device._names(),
                "by": self.env.user.name,
                "waiting": device.queue_waiting,
            }
            for device in self_sudo
        }
        self.env["stockex.event"]._emit(REVOKED, self_sudo, payloads)

    @api.model
    def _tell_conflicts(self, batch):
        """Tell of the conflicts that a batch brought, once a count."""
        found = [
            step.record
            for step in batch.steps
            if not step.again and step.record.status == "conflict" and step.record.session_id
        ]
        # In the environment of the device, as superuser: only names are told.
        rows = batch.device.env["stockex.sync.operation"].union(*found)
        for session, conflicts in rows.grouped("session_id").items():
            payload = {
                "session": session.name,
                **batch.device._names(),
                "conflicts": len(conflicts),
                "first": conflicts[0].line_id.display_name or "",
            }
            self.env["stockex.event"]._emit(CONFLICT, session, {session.id: payload})

    def _names(self):
        self.ensure_one()
        return {"handheld": self.name, "counter": self.user_id.name}
