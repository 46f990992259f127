from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ... import notifiers

ADMIN = "stockex.group_suite_admin"
# Made for every company: they cost nothing and need no credential.
BUILT_IN = ("inbox", "email", "activity")


class NotifyService(models.Model):
    """A service that a company sends its notifications with: its account, its channel.

    What a service needs, and how a message becomes a call, says its adapter in
    `notifiers`; this model has no case for any of them.
    """

    _name = "stockex.notify.service"
    _inherit = ["stockex.transport.account"]
    _description = "Notification Service"
    _order = "sequence, name, id"

    sequence = fields.Integer(default=10)
    code = fields.Selection(selection="_selection_code", string="Service", required=True)
    shared = fields.Boolean(
        help="Everybody's messages go to one address that several people read, such as a "
        "channel or a phone on duty; otherwise to each user's own.",
    )
    address = fields.Char(
        "Shared address",
        groups=ADMIN,
        copy=False,
        help="Where a shared service delivers.",
    )
    credential_ids = fields.One2many("stockex.notify.credential", "service_id", groups=ADMIN)
    is_internal = fields.Boolean("Delivered by Odoo", compute="_compute_kind")
    has_server = fields.Boolean(
        compute="_compute_kind", help="It has one address for all; otherwise a credential names it."
    )
    can_choose_sharing = fields.Boolean(compute="_compute_kind")
    needs_address = fields.Boolean(
        compute="_compute_kind", help="Each user, or the shared service, has to give one."
    )
    address_label = fields.Char("Reached by", compute="_compute_kind")
    address_help = fields.Char("What to enter", compute="_compute_kind")
    help_html = fields.Html("How to set it up", compute="_compute_help_html", groups=ADMIN)
    # How it is reached is the administrator's business: everybody may read its name.
    base_url = fields.Char(
        groups=ADMIN, help="Only if it is reached elsewhere than at its usual address."
    )
    timeout_s = fields.Integer(groups=ADMIN)
    rate_count = fields.Integer(groups=ADMIN)
    rate_period_s = fields.Integer(groups=ADMIN)
    allow_private = fields.Boolean(groups=ADMIN)
    last_error = fields.Char(groups=ADMIN)
    dead_count = fields.Integer(groups=ADMIN)
    waiting_count = fields.Integer(groups=ADMIN)

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
        found = self._finders()
        return [
            (one.code, self.env._(one.label))
            for one in notifiers.services()
            if not one.address or not one.address.found or one.address.found in found
        ]

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_kind(self):
        for service in self:
            kind = service._kind() if service.code else notifiers.NOTHING
            address = kind.address
            service.is_internal = bool(kind.internal)
            service.has_server = bool(getattr(kind, "base_url", ""))
            service.can_choose_sharing = kind.per_user and kind.shared
            service.needs_address = bool(address) and not address.found
            service.address_label = address and self.env._(address.label)
            service.address_help = address and address.help and self.env._(address.help)

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_help_html(self):
        for service in self:
            service.help_html = service.code and service._help()

    def _help(self):
        kind = self._kind()
        steps = Markup().join(Markup("<li>%s</li>") % self.env._(step) for step in kind.steps)
        link = kind.documentation and Markup(
            '<p><a href="%s" target="_blank" rel="noreferrer">%s</a></p>'
        ) % (kind.documentation, self.env._("Documentation of the service"))
        return Markup("<ol>%s</ol>%s") % (steps, link or "")

    @api.onchange("code")
    def _onchange_code(self):
        if not self.code:
            return
        kind = self._kind()
        self.shared = not kind.per_user
        self._take_rate()
        # A name that nobody typed follows the kind.
        # pylint: disable-next=access-member-before-definition
        if not self.name or self.name in dict(self._selection_code()).values():
            self.name = self.env._(kind.label)
        self.credential_ids = [
            Command.clear(),
            *(Command.create(vals) for vals in self._prepare_credential_vals(kind.credentials)),
        ]

    @api.onchange("shared")
    def _onchange_shared(self):
        if self.code and not self._origin:
            self._take_rate()

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
        services = super().create([self._with_defaults(vals) for vals in vals_list])
        services._ensure_credentials()
        return services

    def write(self, vals):
        if any(
            ("code" in vals and service.code != vals["code"])
            or ("company_id" in vals and service.company_id.id != vals["company_id"])
            for service in self
        ):
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

    def _with_defaults(self, vals):
        """Return the values of a new service with what its adapter says of itself."""
        kind = notifiers.service(vals["code"]) if vals.get("code") else notifiers.NOTHING
        own = {"shared": not kind.per_user} | vals
        return self._prepare_rate_vals(kind, own["shared"]) | own

    @api.model
    def _prepare_rate_vals(self, kind, shared):
        rate = (shared and getattr(kind, "shared_rate", None)) or getattr(kind, "rate", (0, 0))
        return {"rate_count": rate[0], "rate_period_s": rate[1]} if rate[0] else {}

    def _take_rate(self):
        """Show in a new form how many calls the other side takes; it is saved as shown."""
        defaults = self.default_get(["rate_count", "rate_period_s"])
        self.update(
            {"rate_count": 0, **defaults} | self._prepare_rate_vals(self._kind(), self.shared)
        )

    # --- Business ---

    def _kind(self):
        """Return the adapter, which says what this service needs and can."""
        return notifiers.service(self.code)

    def _is_found(self):
        """Tell whether the server finds where it reaches its readers."""
        address = self._kind().address
        return bool(address) and bool(address.found)

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
    def _prepare_credential_vals(self, declared):
        typed = [one for one in declared if not one.supplied]
        return [{"name": one.name, "sequence": position} for position, one in enumerate(typed, 1)]

    def _ensure_credentials(self):
        """Give each service a line for everything that its adapter asks for."""
        # sudo: lines without a value, whoever makes the service.
        credentials_sudo = self.env["stockex.notify.credential"].sudo()
        known = {
            (line.service_id.id, line.name)
            for line in credentials_sudo.search([("service_id", "in", self.ids)])
        }
        credentials_sudo.create(
            [
                {"service_id": service.id, **vals}
                for service in self
                for vals in self._prepare_credential_vals(service._kind().credentials)
                if (service.id, vals["name"]) not in known
            ]
        )

    @api.model
    def _built_in(self):
        """Return the codes of services that need no set-up; meant to be extended."""
        return BUILT_IN

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
                for position, code in enumerate(self._built_in(), 1)
                if (company.id, code) not in known
            ]
        )
