from odoo import api, models

from ...pure.document.blocks import (
    Barcode,
    Facts,
    Figures,
    Note,
    Signatures,
    Text,
    Title,
    section,
    together,
)
from ...pure.document.pdf import render
from ...pure.document.table import Column, Table

# States in which there is a result to vouch for.
RESULT_STATES = ("review", "approved", "posting", "done")
UNCOUNTED = [("state", "=", "pending")]
DIFFERING = [("verdict", "in", ("different", "moved"))]


class CountReport(models.AbstractModel):
    """The record of one count on paper: what was counted, what differed, who signs."""

    _name = "stockex.document.count"
    _inherit = "stockex.document"
    _description = "Count Report"

    # --- Business ---

    @api.model
    def _build(self, records):
        session = records.ensure_one()
        # What only some roles may see is left out for the others, not refused.
        sees_book = self._sees_book(session)
        title = self.env._("Count report %(session)s", session=session.name)
        blocks = [Title(title)]
        if session.title:
            blocks.append(Text(session.title))
        blocks += [Facts(self._facts(session)), Figures(self._figures(session, sees_book))]
        has_result = sees_book and session.state in RESULT_STATES
        if has_result:
            blocks += self._variances(session)
            blocks += self._differing(session)
        blocks += self._uncounted(session, sees_book)
        if has_result:
            blocks += self._aftermath(session)
        closing = self._signatures(session)
        if has_result:
            closing.append(self._verification(session))
        blocks.append(together(closing))
        return render(self._sheet(title, session.company_id), blocks)

    @api.model
    def _printed_count(self, session, limit):
        """Return how many lines the report lists, a line once for each list; up to a limit."""
        lists = [UNCOUNTED]
        if self._sees_book(session) and session.state in RESULT_STATES:
            lists += [DIFFERING, *self._listed()]
        lines, count = self.env["stockex.count.line"], 0
        for domain in lists:
            if count < limit:
                own = [("session_id", "=", session.id), *domain]
                count += lines.search_count(own, limit=limit - count)
        return count

    def _sees_book(self, session):
        return session._has_field_access(session._fields["book_value"], "read")

    def _facts(self, session):
        # sudo: names on a session that the user may read.
        session_sudo = session.sudo()
        return [
            (label, value)
            for label, value in [
                (self.env._("Scope"), self._scope(session_sudo)),
                (self.env._("State"), self._label(session, "state")),
                (self.env._("Controller"), session_sudo.user_id.name),
                (self.env._("Counters"), ", ".join(session_sudo.counter_ids.mapped("name"))),
                (self.env._("Approved by"), session_sudo.approver_id.name),
                (self.env._("Started"), self._datetime(session.started_at)),
                (self.env._("Approved"), self._datetime(session.approved_at)),
                (self.env._("Posted by"), session_sudo.job_id.user_id.name),
                (self.env._("Posted"), self._datetime(session.done_at)),
                (self.env._("Posting date"), self._date(session.posting_date)),
                (self.env._("Reversal of"), session_sudo.reversal_of_id.name),
            ]
            if value
        ]

    def _scope(self, session_sudo):
        if session_sudo.scope == "warehouse" and session_sudo.warehouse_id:
            return session_sudo.warehouse_id.display_name
        return ", ".join(session_sudo.location_ids.mapped("complete_name"))

    def _figures(self, session, sees_book):
        figures = [
            (self.env._("Lines"), self._number(session.line_count)),
            (self.env._("Counted"), self._number(session.counted_count)),
            (self.env._("Not counted"), self._number(session.uncounted_count)),
        ]
        if not sees_book:
            return figures
        currency = session.currency_id
        return [
            *figures,
            (self.env._("Matching"), self._number(session.matched_count)),
            (self.env._("Differing"), self._number(session.different_count)),
            (self.env._("Accuracy by lines"), self._percent(session.accuracy)),
            (self.env._("Book value"), self._money(session.book_value, currency)),
            (self.env._("Gross variance"), self._money(session.gross_variance_value, currency)),
            (
                self.env._("Net variance"),
                self._money(session.net_variance_value, currency, signed=True),
            ),
            (self.env._("Not posted"), self._number(session.failed_count)),
            (self.env._("Accuracy by value"), self._percent(session.accuracy_value)),
            (self.env._("Shortages"), self._money(-session.shortage_value, currency, signed=True)),
            (self.env._("Surpluses"), self._money(session.surplus_value, currency, signed=True)),
            (self.env._("Out of tolerance"), self._number(session.out_count)),
            (self.env._("Counted again"), self._number(self._recounted(session))),
        ]

    def _differing(self, session):
        lines = self._lines(session, DIFFERING)
        heading = self.env._("Differences, largest first")
        if not lines:
            return section(heading, Note(self.env._("Every counted line matched the book.")))
        currency = session.currency_id
        ordered = lines.sorted(
            lambda line: (-abs(line.difference_value), -abs(line.difference), line.id)
        )
        total = self._money(sum(lines.mapped("difference_value")), currency, signed=True)
        columns = [
            *self._key_columns(),
            Column(self.env._("Book when counted"), number=True),
            Column(self.env._("Counted"), number=True),
            Column(self.env._("Difference"), number=True),
            Column(self.env._("Value"), number=True),
            Column(self.env._("State"), weight=1.2),
            Column(self.env._("Reason, note"), weight=1.6, optional=True),
        ]
        rows = [
            (
                *self._key(line),
                self._quantity(line.book_at_count),
                self._quantity(line.counted_quantity),
                self._quantity(line.difference, signed=True),
                self._money(line.difference_value, currency, signed=True),
                self._outcome(line),
                self._why(line),
            )
            for line in ordered
        ]
        return section(
            heading,
            Table(columns, rows, [self.env._("Total"), *[""] * 6, total, "", ""]),
        )

    def _uncounted(self, session, sees_book):
        lines = self._lines(session, UNCOUNTED)
        heading = self.env._("Not counted")
        if not lines:
            # Of a count that is over, a counter sees no lines but may know their number.
            complete = session.line_count and not session.uncounted_count
            note = self.env._("Every line was counted.")
            return section(heading, Note(note)) if complete else []
        columns = self._key_columns()
        rows = [self._key(line) for line in lines]
        if not sees_book:
            return section(heading, Table(columns, rows))
        columns += [
            Column(self.env._("Book"), number=True),
            Column(self.env._("Value"), number=True),
        ]
        values = [line.book_quantity * line.unit_cost for line in lines]
        currency = session.currency_id
        rows = [
            (*row, self._quantity(line.book_quantity), self._money(value, currency))
            for row, line, value in zip(rows, lines, values, strict=True)
        ]
        total = self._money(sum(values), currency)
        return section(heading, Table(columns, rows, [self.env._("Total"), *[""] * 4, total]))

    def _lines(self, session, domain):
        """Return the lines that the user may read, with the names on them readable."""
        lines = self.env["stockex.count.line"].search([("session_id", "=", session.id), *domain])
        # sudo: a counter may not read lots; only what the user's own list shows is printed.
        return lines.sudo()

    def _key_columns(self):
        return [
            Column(self.env._("Location"), weight=1.4),
            Column(self.env._("Product"), weight=2.2),
            Column(self.env._("Lot, package, owner"), weight=1.2, optional=True),
            Column(self.env._("Unit"), weight=0.6),
        ]

    def _key(self, line_sudo):
        parts = [line_sudo.lot_id.name, line_sudo.package_id.name, line_sudo.owner_id.name]
        return (
            line_sudo.location_id.complete_name,
            line_sudo.product_id.display_name,
            " · ".join(part for part in parts if part),
            line_sudo.uom_id.name,
        )

    def _outcome(self, line):
        """Say what became of a line that differs."""
        if line.post_error:
            return self.env._("Not posted: %(reason)s", reason=line.post_error)
        parts = [self._label(line, "state")]
        if line.verdict == "moved":
            parts = [self._label(line, "verdict"), self._label(line, "decision"), *parts]
        return " · ".join(part for part in parts if part)

    def _signatures(self, session):
        # sudo: as in _facts.
        session_sudo = session.sudo()
        boxes = [
            (self.env._("Controller"), session_sudo.user_id.name or ""),
            (self.env._("Approver"), session_sudo.approver_id.name or ""),
        ]
        signatures = Signatures(boxes, self.env._("Date"), self.env._("Signature"))
        return section(self.env._("Signatures"), signatures)

    def _verification(self, session):
        code = session._verification_code()
        return Barcode(
            "QR",
            f"{session.name} {code}",
            beside=[
                (self.env._("Verification code"), False),
                (code, True),
                (
                    self.env._(
                        "Made from the result of %(session)s and a secret of %(company)s: "
                        "print the count again and compare. If the codes differ, the result "
                        "is not the one on this paper.",
                        session=session.name,
                        company=session.company_id.name,
                    ),
                    False,
                ),
            ],
        )
