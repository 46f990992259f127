from odoo import api, fields, models
from odoo.exceptions import AccessError

# Switched on for whoever never chose: they reach every user without any address.
WANTED_AT_FIRST = ("inbox", "email")


class NotifySubscription(models.Model):
    """Says whether one user wants one service, and where it reaches them."""

    _name = "stockex.notify.subscription"
    _description = "Notification Service of a User"
    _order = "service_id"
    _rec_name = "service_name"

    preference_id = fields.Many2one(
        "stockex.notify.preference", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(related="preference_id.user_id")
    service_id = fields.Many2one(
        "stockex.notify.service",
        "Service account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    # Users need not read services: they see their name and what they ask for.
    service_name = fields.Char("Service", related="service_id.name", related_sudo=True)
    service_active = fields.Boolean(related="service_id.active", related_sudo=True)
    company_id = fields.Many2one(related="service_id.company_id", related_sudo=True, store=True)
    wanted = fields.Boolean("Use it")
    address = fields.Char(help="Leave it empty for your own e-mail address or phone number.")
    needs_address = fields.Boolean(related="service_id.needs_address", related_sudo=True)
    address_label = fields.Char(
        "What it needs", related="service_id.address_label", related_sudo=True
    )
    address_help = fields.Char("How", related="service_id.address_help", related_sudo=True)
    reached_at = fields.Char("Reaches you at", compute="_compute_reached_at", compute_sudo=True)

    _service_once = models.UniqueIndex(
        "(preference_id, service_id)", "This service is in your list already."
    )

    # --- Compute ---

    @api.depends("address", "service_id", "user_id")
    def _compute_reached_at(self):
        for subscription in self:
            subscription.reached_at = ", ".join(subscription._recipients())

    # --- Constraints ---

    @api.constrains("address", "service_id")
    def _check_address(self):
        # sudo: the service says what an address looks like; users need not read it.
        for subscription_sudo in self.sudo():
            if subscription_sudo.address and subscription_sudo.needs_address:
                subscription_sudo.service_id._clean_address(subscription_sudo.address)

    # --- Create, write ---

    def write(self, vals):
        if vals.keys() & {"preference_id", "service_id"} and not self.env.su:
            raise AccessError(self.env._("A service stays with its user. Switch it off instead."))
        return super().write(vals)

    # --- Actions ---

    def action_test(self):
        """Send a test message now and say what became of it."""
        return self._test()

    # --- Business ---

    @api.model
    def _add(self, services_by_preference):
        """Add the lines that are missing, those of new services and companies."""
        known = {
            (line.preference_id, line.service_id)
            for line in self.search(
                [("preference_id", "in", [one.id for one in services_by_preference])]
            )
        }
        return self.create(
            [
                {
                    "preference_id": preference.id,
                    "service_id": service.id,
                    "wanted": service.code in WANTED_AT_FIRST or service._is_found(),
                }
                for preference, services in services_by_preference.items()
                for service in services
                if (preference, service) not in known
            ]
        )

    def _recipients(self, user=None):
        """Return the addresses that the service reaches the user at.

        :param user: the line's own, as one of many, so that all are looked up together.
        """
        self.ensure_one()
        return self.service_id._recipients_of(user or self.user_id, self.address)

    def _reach(self, user=None):
        """Return (service, address) of each line; the address is None where one lacks.

        Nothing lacks where addresses are found and none is: the user has no such device.

        :param user: as for `_recipients`.
        """
        return [
            (line.service_id, address)
            for line in self
            for address in line._recipients(user) or ([] if line.service_id._is_found() else [None])
        ]

    def _test(self):
        """Send each line a test; tell each result."""
        self.check_access("write")
        results = self.env["stockex.notify.testing"]._send(self)
        good = all(sent for _service, _result, sent in results)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Test"),
                "message": "\n".join(
                    self.env._("%(service)s: %(result)s", service=service, result=result)
                    for service, result, _sent in results
                ),
                "type": "success" if good else "danger",
                "sticky": not good,
            },
        }
