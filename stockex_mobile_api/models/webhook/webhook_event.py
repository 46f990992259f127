from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.stockex.pure.notify.registry import names

from ...pure.webhook.message import TESTED, families


class WebhookEvent(models.Model):
    """A name that an endpoint can ask for: an event, or all events of a noun (`count.*`)."""

    _name = "stockex.webhook.event"
    _description = "Event for Webhooks"
    _order = "name"

    name = fields.Char(required=True, readonly=True)

    _name_once = models.UniqueIndex("(name)", "There is such an event already.")

    # --- Business ---

    def _register_hook(self):
        """Look once all addons are loaded: those above this one register events too."""
        super()._register_hook()
        self._follow_registry()

    @api.model
    def _follow_registry(self):
        """List what the registry knows; what it no longer knows stays with who asked for it."""
        known = [name for name in names() if name != TESTED]
        # Nothing is written while nothing is new: each worker of the server comes here.
        # pylint: disable-next=no-search-all
        listed = set(self.search([]).mapped("name"))
        for name in sorted({*known, *families(known)} - listed):
            self.env.cr.execute(
                SQL(
                    """INSERT INTO stockex_webhook_event (name, create_date, write_date)
                       VALUES (%s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                       ON CONFLICT (name) DO NOTHING""",
                    name,
                )
            )
