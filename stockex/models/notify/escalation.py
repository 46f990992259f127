from odoo import api, fields, models
from odoo.exceptions import UserError

from ...pure.notify import waits  # noqa: F401 - registers what waits
from ...pure.notify.waiting import kinds

OPEN = ("waiting", "late")
# Before every step, whatever sequence it has.
BEGINNING = -(2**31)


class Escalation(models.Model):
    """One record that waits for an answer: since when, until when, whose turn it is."""

    _name = "stockex.escalation"
    _description = "Wait for an Answer"
    _order = "id desc"
    _rec_name = "record_name"

    rule_id = fields.Many2one(
        "stockex.escalation.rule", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        selection="_selection_kind", string="What waits", required=True, readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    record_name = fields.Char("Record name", required=True, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("late", "Late"),
            ("answered", "Answered"),
            ("withdrawn", "Given up"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    is_open = fields.Boolean("Open", compute="_compute_is_open", store=True)
    user_ids = fields.Many2many(
        "res.users", "stockex_escalation_user_rel", string="Whose turn it is", readonly=True
    )
    asked_ids = fields.Many2many(
        "res.users",
        "stockex_escalation_asked_rel",
        string="Everybody asked",
        readonly=True,
        help="Whoever was asked at any time.",
    )
    started_at = fields.Datetime("Waits since", required=True, readonly=True)
    due_at = fields.Datetime("Answer due", readonly=True)
    next_at = fields.Datetime("Next step", readonly=True)
    last_at = fields.Datetime(required=True, readonly=True)
    # Where the rule stands, by value: its steps may be changed and deleted meanwhile.
    step_sequence = fields.Integer(default=BEGINNING, readonly=True)
    step_number = fields.Integer(default=0, readonly=True)
    steps_taken = fields.Integer("Steps taken", default=0, readonly=True)
    answered_at = fields.Datetime("Answered", readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True)
    hours_taken = fields.Float(
        "Working hours taken", readonly=True, aggregator="avg", help="Of the company."
    )
    in_time_ratio = fields.Float(
        "Share in time", readonly=True, aggregator="avg", help="Of the answers, 1 is 100 %."
    )
    is_late = fields.Boolean("Late", readonly=True, help="Now, or when the answer came.")
    error = fields.Char("What went wrong", readonly=True)
    history_ids = fields.One2many("stockex.escalation.history", "escalation_id")

    _open_once = models.UniqueIndex("(kind, res_model, res_id) WHERE is_open")
    _next = models.Index("(next_at) WHERE is_open")
    _due = models.Index("(due_at) WHERE is_open")

    # --- Compute ---

    @api.depends("state")
    def _compute_is_open(self):
        for escalation in self:
            escalation.is_open = escalation.state in OPEN

    # --- Actions ---

    def action_open_record(self):
        """Open what waits."""
        self.ensure_one()
        if not self._record():
            raise UserError(
                self.env._("“%(record)s” does not exist any more.", record=self.record_name)
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # --- Business ---

    def _selection_kind(self):
        return self.env["stockex.escalation.rule"]._selection_kind()

    def _record(self):
        self.ensure_one()
        if self.res_model not in self.env:
            return self.browse()
        return self.env[self.res_model].browse(self.res_id).exists()

    def _note(self, what, users=None, moment=None):
        """Write down what was done."""
        self.env["stockex.escalation.history"].create(
            [
                {
                    "escalation_id": escalation.id,
                    "time": moment or fields.Datetime.now(),
                    "what": what,
                    "user_ids": [fields.Command.set((users or escalation.browse()).ids)],
                }
                for escalation in self
            ]
        )

    def _plan(self):
        """Set when the answer is due and when the next step is."""
        now = fields.Datetime.now()
        for escalation in self:
            due_at = escalation._due_instant()
            is_late = due_at <= now and escalation.is_late
            escalation.write(
                {
                    "due_at": due_at,
                    "next_at": escalation._next_instant(),
                    "is_late": is_late,
                    "state": "late" if is_late else "waiting",
                }
            )

    def _due_instant(self):
        return self.env["stockex.working.time"]._after(
            self.started_at, self.rule_id.answer_hours, self.company_id
        )

    def _next_instant(self):
        """Return when the next step is due, nothing if there is none."""
        step = self._next_step()
        if not step:
            return False
        return self.env["stockex.working.time"]._after(
            self.last_at, step.hours, self.company_id, self._clock_user()
        )

    def _next_step(self):
        return self.rule_id.step_ids._after_position((self.step_sequence, self.step_number))

    def _clock_user(self):
        """Return whose working hours the next step goes by; nobody: the company's."""
        alone = self.rule_id.clock == "person" and len(self.user_ids) == 1
        return self.user_ids if alone else None

    # --- End ---

    def _settle(self):
        """End those whose record no longer waits."""
        now = fields.Datetime.now()
        unanswered = self._without_answer_on_its_way()
        for kind, escalations in self.grouped("kind").items():
            waiting = kinds().get(kind)
            if not waiting:
                escalations._withdraw()
                continue
            # The superuser's cron looks, also at records that are archived.
            records = self.env[waiting.model].with_context(active_test=False)
            among = [("id", "in", escalations.mapped("res_id"))]
            still = set(records.search([*among, *waiting.waiting])._ids)
            answered = records.search([*among, *waiting.answered])
            for escalation in escalations.filtered(
                lambda one, still=still: one.res_id not in still
            ):
                record = answered.browse(escalation.res_id) & answered
                if not record:
                    (escalation & unanswered)._withdraw()
                    continue
                moment = waiting.answered_at and record[waiting.answered_at]
                by = waiting.answered_by and record[waiting.answered_by]
                escalation._answer(moment or now, by or None)

    def _answer(self, moment, by=None):
        """End the wait with an answer."""
        working = self.env["stockex.working.time"]
        for escalation in self.filtered("is_open"):
            moment = max(moment, escalation.started_at)
            late = moment > escalation.due_at
            escalation.write(
                {
                    "state": "answered",
                    "next_at": False,
                    "answered_at": moment,
                    "answered_by_id": by.id if by else False,
                    "is_late": late,
                    "in_time_ratio": 0.0 if late else 1.0,
                    "hours_taken": working._between(
                        escalation.started_at, moment, escalation.company_id
                    ),
                }
            )
            escalation._note("answered", by, moment)

    def _withdraw(self):
        """End the wait without an answer: cancelled, deleted, rule switched off."""
        ended = self.filtered("is_open")
        ended.write({"state": "withdrawn", "next_at": False})
        ended._note("withdrawn")
