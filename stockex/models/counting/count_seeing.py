from odoo import api, fields, models
from odoo.tools import SQL

from ...pure.counting.speed import LAST, expected_end, lines_per_hour
from .count_plan import SEES_BOOK


class CountSessionSeeing(models.Model):
    """What a session shows of itself: its worth, its speed, when it will end."""

    _inherit = "stockex.count.session"

    accuracy_value = fields.Float(
        "Accuracy by value",
        compute="_compute_result",
        groups=SEES_BOOK,
        help="Share of the counted value that the book had right, 1 is 100 %. "
        "Shortages and surpluses never make up for one another.",
    )
    shortage_value = fields.Monetary(
        "Shortages", compute="_compute_result", groups=SEES_BOOK, help="What is missing."
    )
    surplus_value = fields.Monetary(
        "Surpluses", compute="_compute_result", groups=SEES_BOOK, help="What is too much."
    )
    counted_value = fields.Monetary(
        "Value counted",
        compute="_compute_result",
        groups=SEES_BOOK,
        help="What was counted, at the cost frozen at the start.",
    )
    lines_per_hour = fields.Float(
        digits=(12, 1), compute="_compute_speed", help="Speed of the last entries, while counting."
    )
    expected_end = fields.Datetime(
        "Expected end",
        compute="_compute_speed",
        help="When the last line is counted if people go on at this speed.",
    )

    # --- Compute ---

    @api.depends("state", "started_at", "line_ids.state", "line_ids.last_entry_at")
    def _compute_speed(self):
        recent = self.filtered(lambda session: session.state == "counting")._recent_entries()
        now = fields.Datetime.now()
        for session in self:
            lines, since, until = recent.get(session.id, (0, None, None))
            session.lines_per_hour = lines_per_hour(lines, since, until)
            session.expected_end = expected_end(
                session.uncounted_count, session.lines_per_hour, now
            )

    # --- Actions ---

    def action_open_variances(self):
        """Show the session's variances by reason: chart, pivot and lines."""
        self._check_role(*SEES_BOOK.split(","))
        action = self.env["ir.actions.act_window"]._for_xml_id("stockex.count_variance_action")
        action["domain"] = [("session_id", "in", self.ids), ("difference", "!=", 0)]
        action["context"] = {}
        return action

    # --- Business ---

    def _recent_entries(self):
        """Return {session id: (lines, since, until)} of the lines counted last.

        They are counted from the instant of the line before them, or from the start.
        """
        if not self.ids:
            return {}
        self.env["stockex.count.line"].flush_model()
        self.flush_recordset(["started_at"])
        rows = self.env.execute_query(
            SQL(
                """SELECT session.id,
                          COUNT(*) FILTER (WHERE recent.rank <= %(last)s),
                          COALESCE(MAX(recent.at) FILTER (WHERE recent.rank > %(last)s),
                                   session.started_at),
                          MAX(recent.at)
                     FROM stockex_count_session session
                     JOIN (SELECT session_id, last_entry_at AS at,
                                  ROW_NUMBER() OVER (PARTITION BY session_id
                                                     ORDER BY last_entry_at DESC, id) AS rank
                             FROM stockex_count_line
                            WHERE session_id = ANY(%(ids)s) AND state = 'counted'
                              AND last_entry_at IS NOT NULL) recent
                       ON recent.session_id = session.id AND recent.rank <= %(last)s + 1
                 GROUP BY session.id""",
                last=LAST,
                ids=self.ids,
            )
        )
        return {row[0]: row[1:] for row in rows}
