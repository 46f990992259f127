from odoo import api, fields, models
from odoo.tools import SQL

from ...pure.counting import events  # noqa: F401 - registers the event names
from ...pure.counting.outcome import accuracy
from ...pure.counting.speed import accuracy_by_value
from .count_plan import SEES_BOOK

OPEN_STATES = ("counting", "review", "approved", "posting")


class CountSession(models.Model):
    """A count: what is counted, where, by whom; from the frozen book to exact stock."""

    _name = "stockex.count.session"
    _description = "Count Session"
    _inherit = ["stockex.count.plan", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_names_search = ["name", "title"]

    name = fields.Char(
        required=True, readonly=True, copy=False, default=lambda self: self.env._("New")
    )
    title = fields.Char(help="What this count is about, in your own words.")
    user_id = fields.Many2one(
        "res.users", "Controller", default=lambda self: self.env.user, tracking=True
    )
    template_id = fields.Many2one(
        "stockex.count.template",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        help="Choosing one fills in what and who it counts.",
    )
    zone_ids = fields.One2many("stockex.count.zone", "session_id", "Zones", copy=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("counting", "Counting"),
            ("review", "Review"),
            ("approved", "Approved"),
            ("posting", "Posting"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    posting_date = fields.Date(
        "Posting date",
        copy=False,
        help="Date of the stock corrections and of their journal entries; "
        "the day of posting if empty.",
    )
    started_at = fields.Datetime("Started", readonly=True, copy=False)
    approver_id = fields.Many2one("res.users", "Approved by", readonly=True, copy=False)
    approved_at = fields.Datetime("Approved at", readonly=True, copy=False)
    done_at = fields.Datetime("Posted", readonly=True, copy=False)
    job_id = fields.Many2one("stockex.job", readonly=True, copy=False)
    reversal_of_id = fields.Many2one(
        "stockex.count.session", "Reversal of", readonly=True, copy=False, index=True
    )
    reversal_ids = fields.One2many(
        "stockex.count.session", "reversal_of_id", "Reversals", copy=False
    )
    line_ids = fields.One2many("stockex.count.line", "session_id", copy=False)

    planned_line_count = fields.Integer(
        "Lines to count", compute="_compute_plan", compute_sudo=True, groups=SEES_BOOK
    )
    planned_value = fields.Monetary(
        "Value to count", compute="_compute_plan", compute_sudo=True, groups=SEES_BOOK
    )
    line_count = fields.Integer("Lines", compute="_compute_progress")
    counted_count = fields.Integer("Counted lines", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", help="0 to 100.")
    uncounted_count = fields.Integer("Lines not counted", compute="_compute_progress")
    recount_count = fields.Integer("Lines to count again", compute="_compute_recount_count")
    failed_count = fields.Integer("Lines not posted", compute="_compute_progress")
    posted_count = fields.Integer("Lines posted", compute="_compute_progress")
    matched_count = fields.Integer("Matching lines", compute="_compute_result", groups=SEES_BOOK)
    different_count = fields.Integer("Differing lines", compute="_compute_result", groups=SEES_BOOK)
    moved_count = fields.Integer(
        "Moved lines",
        compute="_compute_result",
        groups=SEES_BOOK,
        help="Lines whose stock moved while they were counted, still undecided.",
    )
    out_count = fields.Integer(
        "Lines out of tolerance", compute="_compute_result", groups=SEES_BOOK
    )
    accuracy = fields.Float(
        compute="_compute_result",
        groups=SEES_BOOK,
        help="Share of the counted lines that matched, 1 is 100 %.",
    )
    book_value = fields.Monetary("Book value", compute="_compute_result", groups=SEES_BOOK)
    net_variance_value = fields.Monetary(
        "Net variance", compute="_compute_result", groups=SEES_BOOK
    )
    gross_variance_value = fields.Monetary(
        "Gross variance",
        compute="_compute_result",
        groups=SEES_BOOK,
        help="Surpluses and shortages added up, none offset by another.",
    )

    # --- Compute ---

    @api.depends("name", "title")
    def _compute_display_name(self):
        for session in self:
            parts = [session.name, session.title]
            session.display_name = " · ".join(part for part in parts if part)

    @api.depends(
        *("kind", "scope", "warehouse_id", "warehouse_ids", "region_id", "location_ids"),
        *("category_ids", "product_ids", "lot_ids", "moved_since", "stock_filter"),
        *("company_id", "state"),
    )
    def _compute_plan(self):
        build = self.env["stockex.count.build"]
        for session in self:
            lines, value = build._estimate(session) if session.state == "draft" else (0, 0)
            session.planned_line_count = lines
            session.planned_value = value

    @api.depends("line_ids.state")
    def _compute_progress(self):
        counts = self._count_lines_by("state")
        for session in self:
            of = counts.get(session.id, {})
            session.line_count = sum(of.values())
            session.uncounted_count = of.get("pending", 0)
            session.failed_count = of.get("failed", 0)
            session.posted_count = of.get("posted", 0)
            session.counted_count = session.line_count - session.uncounted_count
            share = session.counted_count / session.line_count if session.line_count else 0
            session.progress = 100 * share

    @api.depends("line_ids.recount")
    def _compute_recount_count(self):
        counts = self._count_lines_by("recount")
        for session in self:
            session.recount_count = counts.get(session.id, {}).get(True, 0)

    @api.depends("line_ids.verdict", "line_ids.difference", "line_ids.decision")
    def _compute_result(self):
        rows = self._line_figures()
        for session in self:
            row = rows.get(session.id, {})
            session.matched_count = row.get("matched", 0)
            session.different_count = row.get("different", 0)
            session.moved_count = row.get("moved", 0)
            session.out_count = row.get("out", 0)
            judged = row.get("judged", 0)
            session.accuracy = accuracy(session.matched_count, judged)
            session.book_value = row.get("book_value", 0)
            session.net_variance_value = row.get("net", 0)
            session.gross_variance_value = row.get("gross", 0)
            session.shortage_value = row.get("shortage", 0)
            session.surplus_value = row.get("surplus", 0)
            session.counted_value = row.get("counted_value", 0)
            session.accuracy_value = accuracy_by_value(
                float(session.gross_variance_value), float(row.get("judged_value", 0)), judged
            )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        new = self.env._("New")
        for vals in vals_list:
            if vals.get("name", new) == new:
                company = vals.get("company_id") or self.env.company.id
                # sudo: a controller need not have rights on sequences.
                sequence_sudo = self.env["ir.sequence"].sudo().with_company(company)
                vals["name"] = sequence_sudo.next_by_code("stockex.count.session")
        return super().create(vals_list)

    # --- Business ---

    def _count_lines_by(self, field):
        """Return {session id: {value of the field: number of lines}}."""
        counts = {}
        if not self.ids:
            return counts
        # sudo: figures of sessions that the user may already read.
        lines_sudo = self.env["stockex.count.line"].sudo()
        groups = lines_sudo._read_group(
            [("session_id", "in", self.ids)], ["session_id", field], ["__count"]
        )
        for session, value, count in groups:
            counts.setdefault(session.id, {})[value] = count
        return counts

    def _line_figures(self):
        """Return {session id: counts and values of its lines}, one query for all."""
        if not self.ids:
            return {}
        self.env["stockex.count.line"].flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT session_id,
                          COUNT(*) FILTER (WHERE verdict IS NOT NULL) AS judged,
                          COUNT(*) FILTER (WHERE verdict = 'matched') AS matched,
                          COUNT(*) FILTER (WHERE verdict = 'different') AS different,
                          COUNT(*) FILTER (WHERE verdict = 'moved'
                                             AND decision IS NULL) AS moved,
                          COUNT(*) FILTER (WHERE out_of_tolerance) AS out,
                          SUM(book_quantity * unit_cost) AS book_value,
                          SUM(difference * unit_cost) FILTER (WHERE %(worth)s) AS net,
                          SUM(ABS(difference * unit_cost)) FILTER (WHERE %(worth)s) AS gross,
                          -SUM(difference * unit_cost)
                              FILTER (WHERE difference < 0 AND %(worth)s) AS shortage,
                          SUM(difference * unit_cost)
                              FILTER (WHERE difference > 0 AND %(worth)s) AS surplus,
                          SUM(counted_quantity * unit_cost)
                              FILTER (WHERE state <> 'pending') AS counted_value,
                          SUM(ABS(book_at_count * unit_cost))
                              FILTER (WHERE verdict IS NOT NULL) AS judged_value
                     FROM stockex_count_line
                    WHERE session_id IN %(sessions)s
                 GROUP BY session_id""",
                sessions=tuple(self.ids),
                # What is only moved to where it lies changes no value.
                worth=SQL("decision IS DISTINCT FROM 'transferred'"),
            )
        )
        return {row["session_id"]: {key: value or 0 for key, value in row.items()} for row in rows}
