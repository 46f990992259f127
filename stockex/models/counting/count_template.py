from odoo import fields, models
from odoo.exceptions import UserError


class CountTemplate(models.Model):
    """A count that is made again and again: what, where, by whom, in which zones."""

    _name = "stockex.count.template"
    _description = "Count Template"
    _inherit = ["stockex.count.plan"]
    _order = "sequence, name"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Html(help="For whoever makes a session of it.")
    zone_ids = fields.One2many("stockex.count.zone", "template_id", "Zones", copy=True)
    session_ids = fields.One2many("stockex.count.session", "template_id", "Sessions")
    session_count = fields.Integer("Number of sessions", compute="_compute_session_count")
    last_session_at = fields.Datetime("Last counted", compute="_compute_session_count")

    # --- Compute ---

    def _compute_session_count(self):
        groups = self.env["stockex.count.session"]._read_group(
            [("template_id", "in", self.ids)], ["template_id"], ["__count", "done_at:max"]
        )
        found = {template.id: (count, last) for template, count, last in groups}
        for template in self:
            template.session_count, last = found.get(template.id, (0, False))
            template.last_session_at = last

    # --- Actions ---

    def action_new_session(self):
        """Prepare a session of this template and open it."""
        self.ensure_one()
        sessions = self.env["stockex.count.session"]
        session = sessions.create({"template_id": self.id, **self._prepare_session_vals()})
        return {
            "type": "ir.actions.act_window",
            "res_model": session._name,
            "res_id": session.id,
            "view_mode": "form",
        }

    def action_open_sessions(self):
        """Show the sessions made of this template."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_session_action")
        action["domain"] = [("template_id", "=", self.id)]
        action["context"] = {"default_template_id": self.id}
        return action

    # --- Business ---

    def _prepare_session_vals(self):
        self.ensure_one()
        if not self._scope_places():
            raise UserError(
                self.env._(
                    "“%(template)s” does not say where to count. Choose its warehouse, "
                    "region or locations first.",
                    template=self.name,
                )
            )
        return {
            **self._prepare_plan_vals(),
            "title": self.name,
            "counter_ids": [fields.Command.set(self.counter_ids.ids)],
            "zone_ids": [
                fields.Command.create(vals) for vals in self.zone_ids._prepare_copy_vals()
            ],
        }
