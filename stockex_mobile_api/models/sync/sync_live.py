import time

from odoo import api, models

CHANNEL = "stockex.handhelds"
MESSAGE = "stockex.handhelds.changed"
# Who looks reads again when it has passed: what happens meanwhile needs no message of its own.
WINDOW_S = 2.0
_SENT = "stockex.handhelds.sent"
# When each company was told last, by this process. In the database it would be one row that
# all handhelds write, and at REPEATABLE READ all but one of them would begin again.
_told: dict[tuple[str, int], float] = {}


class SyncDeviceTelling(models.Model):
    """Tells controllers who look at the handhelds that something changed."""

    _inherit = "stockex.sync.device"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        devices = super().create(vals_list)
        devices._tell_changed()
        return devices

    def write(self, vals):
        before = self.company_id if "company_id" in vals else self.env["res.company"]
        done = super().write(vals)
        self._tell_changed(before)
        return done

    # --- Business ---

    def _tell_changed(self, *companies):
        """Tell the controllers of the handhelds' companies, once this is committed.

        The message names no handheld: each reader asks for what they may see. However many
        handhelds call, a process sends one message a company and window.
        """
        # sudo: to which company a handheld belongs.
        self_sudo = self.sudo()
        sent = self.env.cr.precommit.data.setdefault(_SENT, set())
        for company in self_sudo.company_id.union(*companies):
            key = (self.env.cr.dbname, company.id)
            if key in sent or time.monotonic() - _told.get(key, -WINDOW_S) < WINDOW_S:
                continue
            sent.add(key)
            self.env["bus.bus"]._sendone(
                (company, CHANNEL), MESSAGE, {"within_ms": int(1000 * WINDOW_S)}
            )
            # Only what was sent counts: a call that fails has told nobody.
            self.env.cr.postcommit.add(lambda key=key: _told.update({key: time.monotonic()}))
