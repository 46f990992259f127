from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import notifiers

# Made for every company: they cost nothing and need no credential.
BUILT_IN = ("inbox", "email", "activity")


class NotifyService(models.Model):
    """A service that a company sends its notifications with: its account, its channel.

    What a service needs, and how a message becomes a call, says its adapter in
    `notifiers`; this model has no case for any of them.
    """

    _name = "stockex.notify.service"
    _description = "Notification Service"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    code = fields.Selection(selection="_selection_code", string="Service", required=True)
    shared = fields.Boolean(
        help="Everybody's messages go to one address that several people read, such as a "
        "channel or a phone on duty; otherwise to each user's own.",
    )
    address = fields.Char(
        groups="stockex.group_suite_admin",
        copy=False,
        help="Where a shared service delivers.",
    )
    can_choose_sharing = fields.Boolean(compute="_compute_needs")
    needs_address = fields.Boolean(
        compute="_compute_needs", help="Each user, or the shared service, has to give one."
    )
    address_label = fields.Char(compute="_compute_needs")
    address_help = fields.Char(compute="_compute_needs")

    _name_once = models.UniqueIndex(
        "(company_id, lower(name))",
        "The company has a service of this name already; give this one another.",
    )
    _built_in_once = models.UniqueIndex(
        "(company_id, code) WHERE NOT shared AND code IN ('inbox', 'email', 'activity', 'sms')",
        "The company has this service already; it reaches every user.",
    )

    # --- Compute ---

    @api.model
    def _selection_code(self):
        return [(one.code, self.env._(one.label)) for one in notifiers.services()]

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_needs(self):
        for service in self:
            kind = service.code and service._kind()
            address = kind and kind.address
            service.can_choose_sharing = bool(kind and kind.per_user and kind.shared)
            service.needs_address = bool(address)
            service.address_label = address and self.env._(address.label)
            service.address_help = address and address.help and self.env._(address.help)

    @api.onchange("code")
    def _onchange_code(self):
        if self.code:
            self.shared = not self._kind().per_user
            self.name = self.name or self.env._(self._kind().label)

    # --- Constraints ---

    @api.constrains("code", "shared", "address")
    def _check_reach(self):
        for service in self:
            kind = service._kind()
            if service.shared and not kind.shared:
                raise ValidationError(
                    self.env._(
                        "“%(service)s” reaches each user alone. Switch “Shared” off.",
                        service=service.name,
                    )
                )
            if not service.shared and not kind.per_user:
                raise ValidationError(
                    self.env._(
                        "“%(service)s” reaches a channel, not a person. Switch “Shared” on.",
                        service=service.name,
                    )
                )
            # sudo: the address is the administrator's to see, its form everybody's rule.
            address = service.sudo().address
            if address:
                service._clean_address(address)

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("code") and "shared" not in vals:
                vals["shared"] = not notifiers.service(vals["code"]).per_user
        return super().create(vals_list)

    def write(self, vals):
        if any(
            name in vals and any(service[name] != vals[name] for service in self)
            for name in ("code",)
        ) or ("company_id" in vals and self.company_id.ids not in ([], [vals["company_id"]])):
            raise UserError(
                self.env._(
                    "“%(service)s” keeps its kind and its company: credentials belong to them. "
                    "Make a new service instead.",
                    service=self[:1].name,
                )
            )
        return super().write(vals)

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for service, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%(service)s (copy)", service=service.name)
        return vals_list

    # --- Business ---

    def _kind(self):
        """Return the adapter, which says what this service needs and can."""
        return notifiers.service(self.code)

    def _clean_address(self, text):
        """Return an address as the service wants it.

        :raise ValidationError: if it cannot be one.
        """
        self.ensure_one()
        kind = self._kind()
        try:
            return kind.clean_address(text or "")
        except notifiers.AddressFault as fault:
            raise ValidationError(
                self.env._(
                    "“%(address)s” is no %(label)s for “%(service)s”. Enter one such as "
                    "%(example)s.",
                    address=text or "",
                    label=self.env._(kind.address.label),
                    service=self.name,
                    example=kind.address.placeholder,
                )
            ) from fault

    @api.model
    def _ensure_built_in(self, companies=None):
        """Give each company the services that need no set-up; keep those it switched off."""
        # sudo: whoever makes a company makes them with it; they hold no secret.
        services_sudo = self.sudo().with_context(active_test=False)
        # sudo: as above, every company without a choice of the user's.
        companies = companies or self.env["res.company"].sudo().search([("active", "=", True)])
        known = {
            (service.company_id.id, service.code)
            for service in services_sudo.search(
                [("company_id", "in", companies.ids), ("shared", "=", False)]
            )
        }
        return services_sudo.create(
            [
                {
                    "name": self.env._(notifiers.service(code).label),
                    "code": code,
                    "company_id": company.id,
                    "sequence": position,
                }
                for company in companies
                for position, code in enumerate(BUILT_IN, 1)
                if (company.id, code) not in known
            ]
        )
