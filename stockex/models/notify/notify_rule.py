from odoo import api, fields, models
from odoo.exceptions import ValidationError


class NotifyRule(models.Model):
    """Who hears of which event, on what condition, with what words."""

    _name = "stockex.notify.rule"
    _description = "Notification Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="All companies if empty.")
    event_name = fields.Selection(
        "_selection_event_name", "When", required=True, index=True, default="count.posted"
    )
    condition_ids = fields.One2many(
        "stockex.notify.condition", "rule_id", "Only if", copy=True, help="All must hold."
    )
    to_responsible = fields.Boolean(
        "The responsible",
        help="The controller of a count, the owner of background work, the responsible of a "
        "product.",
    )
    to_manager = fields.Boolean("The responsible's manager")
    to_workers = fields.Boolean("Those who work on it", help="The counters of a count.")
    group_ids = fields.Many2many(
        "res.groups",
        "stockex_notify_rule_group_rel",
        string="Roles",
        help="Everybody in the company who holds one of these roles.",
    )
    user_ids = fields.Many2many("res.users", "stockex_notify_rule_user_rel", string="Users")
    leave_out_doers = fields.Boolean(
        "Not who counted", help="Whoever counted does not judge the count."
    )
    service_ids = fields.Many2many(
        "stockex.notify.service",
        "stockex_notify_rule_service_rel",
        string="Services",
        help="As each reader prefers if empty.",
    )
    template_id = fields.Many2one(
        "stockex.notify.template",
        "Message template",
        required=True,
        domain="[('event_name', '=', event_name)]",
        ondelete="restrict",
    )
    severity = fields.Selection(
        [("info", "Information"), ("warning", "Warning"), ("critical", "Critical")],
        default="info",
        required=True,
    )
    broken_count = fields.Integer(
        "Events not handled", compute="_compute_broken", groups="stockex.group_suite_admin"
    )
    last_error = fields.Char(
        "Last error", compute="_compute_broken", groups="stockex.group_suite_admin"
    )

    # --- Compute ---

    def _compute_broken(self):
        broken = dict(
            self.env["stockex.notify.pending"]._read_group(
                [("rule_id", "in", self.ids)], ["rule_id"], ["id:recordset"]
            )
        )
        for rule in self:
            rows = broken.get(rule, self.env["stockex.notify.pending"]).sorted("id")
            rule.broken_count = len(rows)
            rule.last_error = rows[-1:].error

    @api.onchange("event_name")
    def _onchange_event_name(self):
        if self.template_id.event_name != self.event_name:
            templates = self.env["stockex.notify.template"]
            self.template_id = templates.search([("event_name", "=", self.event_name)], limit=1)

    # --- Python constraints ---

    @api.constrains("event_name", "template_id", "condition_ids")
    def _check_event(self):
        for rule in self:
            if rule.template_id.event_name != rule.event_name:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: the template “%(template)s” is for another event. Choose "
                        "one that is for this event.",
                        rule=rule.name,
                        template=rule.template_id.name,
                    )
                )
            rule.condition_ids._check_fits_event()

    @api.constrains("company_id", "service_ids")
    def _check_service_company(self):
        for rule in self.filtered("company_id"):
            strange = rule.service_ids.filtered(
                lambda service, company=rule.company_id: service.company_id != company
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” is for %(company)s, and “%(service)s” belongs to %(other)s. "
                        "Choose services of one company.",
                        rule=rule.name,
                        company=rule.company_id.name,
                        service=strange[0].name,
                        other=strange[0].company_id.name,
                    )
                )

    @api.constrains("to_responsible", "to_manager", "to_workers", "group_ids", "user_ids")
    def _check_somebody(self):
        for rule in self:
            if not (
                rule.to_responsible
                or rule.to_manager
                or rule.to_workers
                or rule.group_ids
                or rule.user_ids
                or rule.service_ids.filtered("shared")
            ):
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” reaches nobody. Choose who hears of the event, or a shared "
                        "service.",
                        rule=rule.name,
                    )
                )

    # --- Create, write ---

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for rule, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%(rule)s (copy)", rule=rule.name)
        return vals_list

    # --- Actions ---

    def action_preview(self):
        """Show which past events the rule would have matched, and who would have heard."""
        self.ensure_one()
        return self.env["stockex.notify.rule.preview"]._open(self)

    def action_open_broken(self):
        """Show the events that the rule could not handle."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.notify_pending_action")
        action["domain"] = [("rule_id", "=", self.id)]
        return action

    # --- Business ---

    def _selection_event_name(self):
        return self.env["stockex.notify.vocabulary"]._events()

    def _is_for(self, event):
        """Say whether an event is one that the rule tells."""
        self.ensure_one()
        return (
            event.name == self.event_name
            and (not self.company_id or self.company_id == event.company_id)
            and self.condition_ids._hold(event.payload or {})
        )

    def _compose(self, events):
        """Return `(event, messages)` pairs, each reader's message in their language."""
        self.ensure_one()
        heard = []
        for event, users in self._readers(events):
            services = self.service_ids.filtered(
                lambda service, company=event.company_id: service.company_id == company
            )
            if self.service_ids and not services:
                continue
            if users or services.filtered("shared"):
                heard.append((event, users, services))
        return self.env["stockex.notify.telling"]._compose(self, heard)

    def _readers(self, events):
        """Return `(event, users)` pairs: who hears of each event."""
        people = self.env["stockex.notify.people"]
        named = {
            company: people._able(
                people._of_roles(self.group_ids, company) | self.user_ids, company
            )
            for company in events.company_id
        }
        found = []
        together = events.grouped(lambda event: (event.res_model, event.company_id))
        for (model, company), of_model in together.items():
            # An addon that is gone leaves its events behind.
            if model not in self.env:
                continue
            # Who is responsible for a product is each company's own affair.
            records = self.env[model].with_company(company)
            known = records.browse(of_model.mapped("res_id")).exists()
            near = self._readers_of(known)
            doers = people._doers(known) if self.leave_out_doers else {}
            for event in of_model:
                users = near.get(event.res_id, self.env["res.users"])
                users = people._able(users, company) | named[company]
                users -= doers.get(event.res_id, users.browse())
                found.append((event, people._keep_blind(users, event.payload or {})))
        return sorted(found, key=lambda pair: pair[0].id)

    def _readers_of(self, records):
        """Return {record id: those who hear of it for what they are to it}."""
        people = self.env["stockex.notify.people"]
        none = dict.fromkeys(records.ids, self.env["res.users"])
        responsible = people._responsible(records)
        workers = people._workers(records) if self.to_workers else none
        return {
            record.id: (responsible[record.id] if self.to_responsible else none[record.id])
            | (people._managers(responsible[record.id]) if self.to_manager else none[record.id])
            | workers[record.id]
            for record in records
        }
