from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pure.notify.condition import OPERATORS, WITHOUT_VALUE, fault, holds, kinds_of
from ...pure.notify.registry import schema


class NotifyCondition(models.Model):
    """What a payload's field must be like for a rule to hold."""

    _name = "stockex.notify.condition"
    _description = "Condition of a Notification Rule"
    _order = "rule_id, id"
    _rec_name = "field_name"

    rule_id = fields.Many2one("stockex.notify.rule", required=True, index=True, ondelete="cascade")
    field_name = fields.Selection("_selection_field_name", "Field", required=True)
    operator = fields.Selection(
        [
            ("equal", "is"),
            ("not_equal", "is not"),
            ("contains", "contains"),
            ("not_contains", "does not contain"),
            ("one_of", "is one of (a, b, …)"),
            ("set", "is filled in"),
            ("not_set", "is empty"),
            ("more", "is more than"),
            ("at_least", "is at least"),
            ("less", "is less than"),
            ("at_most", "is at most"),
            ("far_from_zero", "is at least, either way"),
            ("true", "is true"),
            ("false", "is false"),
        ],
        required=True,
    )
    value = fields.Char()
    fields_offered = fields.Json(compute="_compute_offered")
    operators_offered = fields.Json(compute="_compute_offered")
    takes_value = fields.Boolean(compute="_compute_takes_value")

    # --- Compute ---

    @api.depends("rule_id.event_name", "field_name")
    def _compute_offered(self):
        for condition in self:
            kinds = kinds_of(schema(condition.rule_id.event_name or ""))
            # The browser looks into these lists, and would get an empty one as false.
            condition.fields_offered = list(kinds) or [""]
            operators = OPERATORS.get(kinds.get(condition.field_name), ())
            condition.operators_offered = list(operators) or [""]

    @api.depends("operator")
    def _compute_takes_value(self):
        for condition in self:
            condition.takes_value = condition.operator not in WITHOUT_VALUE

    @api.onchange("field_name")
    def _onchange_field_name(self):
        offered = self.operators_offered or [""]
        if self.operator not in offered:
            self.operator = offered[0] or False

    # --- Python constraints ---

    @api.constrains("rule_id", "field_name", "operator", "value")
    def _check_fits_event(self):
        for condition in self:
            kind = kinds_of(schema(condition.rule_id.event_name)).get(condition.field_name)
            code = fault(kind, condition.operator, condition.value or "") if kind else "field"
            if code:
                raise ValidationError(condition._fault_message(code))

    # --- Business ---

    def _selection_field_name(self):
        return self.env["stockex.notify.vocabulary"]._fields_of_all()

    def _fault_message(self, code):
        names = {"rule": self.rule_id.name, "field": self._label("field_name")}
        operator = self._label("operator")
        return {
            "field": self.env._(
                "“%(rule)s”: its event has no field “%(field)s”. Choose one of those offered.",
                **names,
            ),
            "operator": self.env._(
                "“%(rule)s”: “%(field)s” cannot be compared with “%(operator)s”. Choose one of "
                "those offered.",
                operator=operator,
                **names,
            ),
            "missing": self.env._("“%(rule)s”: say what “%(field)s” is compared with.", **names),
            "number": self.env._(
                "“%(rule)s”: “%(value)s” is not a number, and “%(field)s” is compared with one. "
                "Write it like 1234.5.",
                value=self.value,
                **names,
            ),
        }[code]

    def _label(self, field):
        labels = dict(self._fields[field]._description_selection(self.env))
        return labels.get(self[field], self[field])

    def _hold(self, payload):
        """Say whether a payload meets all these conditions."""
        return all(
            holds(payload.get(condition.field_name), condition.operator, condition.value or "")
            for condition in self
        )
