from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EscalationStep(models.Model):
    """What is done when the wait goes on."""

    _name = "stockex.escalation.step"
    _description = "Escalation Step"
    _order = "rule_id, sequence, id"
    _rec_name = "action"

    rule_id = fields.Many2one(
        "stockex.escalation.rule", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    hours = fields.Float(
        "After",
        default=8.0,
        required=True,
        help="Working hours since the step before; since the beginning for the first.",
    )
    action = fields.Selection(
        [
            ("remind", "Remind those asked"),
            ("manager", "Hand over to their manager"),
            ("substitute", "Hand over to their substitute"),
            ("user", "Hand over to"),
        ],
        default="remind",
        required=True,
    )
    user_id = fields.Many2one(
        "res.users", "Person", domain="[('share', '=', False)]", ondelete="set null"
    )

    _hours_positive = models.Constraint(
        "CHECK (hours > 0)", "A step comes some time after the one before: more than 0 hours."
    )

    # --- Python constraints ---

    @api.constrains("action", "user_id", "rule_id")
    def _check_person(self):
        for step in self.filtered(lambda step: step.action == "user"):
            company = step.rule_id.company_id
            if not step.user_id:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: say to whom the step after %(hours)s hours hands over.",
                        rule=step.rule_id.name,
                        hours=step.hours,
                    )
                )
            if company and company not in step.user_id.company_ids:
                raise ValidationError(
                    self.env._(
                        "“%(rule)s”: %(user)s does not work in %(company)s. Choose somebody "
                        "who does.",
                        rule=step.rule_id.name,
                        user=step.user_id.name,
                        company=company.name,
                    )
                )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.rule_id._replan()
        return steps

    def write(self, vals):
        written = super().write(vals)
        if {"sequence", "hours", "rule_id"} & set(vals):
            self.rule_id._replan()
        return written

    def unlink(self):
        rules = self.rule_id
        unlinked = super().unlink()
        rules.exists()._replan()
        return unlinked

    # --- Business ---

    def _after_position(self, position):
        """Return the first step behind a position `(sequence, id)`."""
        return self.sorted(lambda step: (step.sequence, step.id)).filtered(
            lambda step: (step.sequence, step.id) > position
        )[:1]
