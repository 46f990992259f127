from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pure.notify.waiting import kinds


class EscalationRule(models.Model):
    """How long something may wait for an answer, and who is asked when it waits longer."""

    _name = "stockex.escalation.rule"
    _description = "Escalation Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection("_selection_kind", "What waits", required=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        help="All companies that have no rule of their own if empty.",
    )
    answer_hours = fields.Float(
        "Answer within",
        default=16.0,
        required=True,
        help="Working hours of the company until an answer is late.",
    )
    clock = fields.Selection(
        [("company", "The company"), ("person", "The person asked")],
        "Working hours of",
        default="company",
        required=True,
        help="Whose working hours the steps go by. Somebody without working hours of their "
        "own, and several people asked together, have those of the company.",
    )
    step_ids = fields.One2many("stockex.escalation.step", "rule_id", "Steps", copy=True)
    escalation_ids = fields.One2many("stockex.escalation", "rule_id", "Escalations")
    open_count = fields.Integer("Waiting", compute="_compute_open_count")

    _answer_positive = models.Constraint(
        "CHECK (answer_hours > 0)", "An answer needs some time: enter more than 0 hours."
    )
    _kind_once = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0)) WHERE active",
        "The company has a rule for this already: change that one, or archive it.",
    )

    # --- Compute ---

    def _compute_open_count(self):
        counts = dict(
            self.env["stockex.escalation"]._read_group(
                [("rule_id", "in", self.ids), ("is_open", "=", True)], ["rule_id"], ["__count"]
            )
        )
        for rule in self:
            rule.open_count = counts.get(rule, 0)

    # --- Python constraints ---

    @api.constrains("kind", "company_id")
    def _check_unchanged(self):
        for rule in self:
            strange = rule.escalation_ids.filtered(
                lambda one, rule=rule: (
                    one.kind != rule.kind or (rule.company_id and one.company_id != rule.company_id)
                )
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s” has followed “%(record)s”, which is of another kind or "
                        "company. Make a new rule and archive this one.",
                        rule=rule.name,
                        record=strange[0].record_name,
                    )
                )

    # --- Create, write ---

    def write(self, vals):
        written = super().write(vals)
        if {"answer_hours", "clock"} & set(vals):
            self._replan()
        if vals.get("active") is False:
            self._open_ones()._withdraw()
        return written

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for rule, vals in zip(self, vals_list, strict=True):
            # Two active rules for one thing are refused: the copy is to be changed first.
            vals["active"] = False
            vals["name"] = self.env._("%(rule)s (copy)", rule=rule.name)
        return vals_list

    # --- Actions ---

    def action_open_escalations(self):
        """Show what the rule follows."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.escalation_action")
        action["domain"] = [("rule_id", "=", self.id)]
        action["context"] = {"search_default_open": 1}
        return action

    # --- Business ---

    def _selection_kind(self):
        labels = self._kind_labels()
        return [(code, labels.get(code, code)) for code in kinds()]

    def _kind_labels(self):
        """Return {kind: what waits}; meant to be extended."""
        return {
            "count_review": self.env._("A count waits for its approval"),
            "count_recount": self.env._("Lines wait to be counted again"),
            "job_failed": self.env._("Failed background work waits for its owner"),
        }

    @api.model
    def _by_kind(self, codes):
        """Return {(kind, company id or False): rule}."""
        return {
            (rule.kind, rule.company_id.id): rule
            for rule in self.search([("kind", "in", list(codes))])
        }

    def _open_ones(self):
        return self.env["stockex.escalation"].search(
            [("rule_id", "in", self.ids), ("is_open", "=", True)]
        )

    def _replan(self):
        """Give what is under way the times that the rule now says.

        Steps that were taken stay taken; what is now overdue is taken at the next run.
        """
        self._open_ones()._plan()
