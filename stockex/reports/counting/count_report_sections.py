from odoo import api, models

from ...pure.document.blocks import Note, section
from ...pure.document.table import Column, Table

TOP = 10
DIFFERS = ("difference", "!=", 0)
SUSPICIOUS = ["|", ("out_of_tolerance", "=", True), ("recount_round", ">", 0)]
UNPOSTED = [("state", "=", "failed")]
TRANSFERRED = [("transfer_from_id", "!=", False)]


class CountReportSections(models.AbstractModel):
    """What the count report says of variances, of what became of them, and of who counted."""

    _inherit = "stockex.document.count"

    # --- Business ---

    @api.model
    def _variances(self, session):
        """Return the variances by reason, category and product, and what was suspicious."""
        return [
            *self._summed(
                session, self.env._("Variances by reason"), self.env._("Reason"), "reason_id"
            ),
            *self._summed(
                session, self.env._("Variances by category"), self.env._("Category"), "category_id"
            ),
            *self._summed(
                session,
                self.env._("The %(number)s products that vary most", number=TOP),
                self.env._("Product"),
                "product_id",
                TOP,
            ),
            *self._suspicious(session),
        ]

    @api.model
    def _aftermath(self, session):
        """Return what could not be posted, what was moved, and who counted."""
        return [*self._unposted(session), *self._transfers(session), *self._people(session)]

    def _listed(self):
        """Return which lines the sections list, a domain a list."""
        return [SUSPICIOUS, UNPOSTED, TRANSFERRED]

    def _recounted(self, session):
        domain = [("session_id", "=", session.id), ("recount_round", ">", 0)]
        return self.env["stockex.count.line"].search_count(domain)

    def _why(self, line_sudo):
        """Return a line's reason and note."""
        parts = [line_sudo.reason_id.name, line_sudo.note]
        return " · ".join(part for part in parts if part)

    def _summed(self, session, heading, label, field, limit=None):
        """Return a table of the variances by one field, the largest first."""
        groups = self.env["stockex.count.line"]._read_group(
            [("session_id", "=", session.id), DIFFERS],
            [field],
            ["__count", "difference_value:sum", "gross_value:sum"],
        )
        if not groups:
            return []
        groups.sort(key=lambda group: (-group[3], -group[1], group[0].id or 0))
        shown = groups[:limit]
        currency = session.currency_id
        columns = [Column(label, weight=2)]
        columns += [
            Column(text, number=True)
            for text in (
                self.env._("Lines"),
                self.env._("Shortages"),
                self.env._("Surpluses"),
                self.env._("Net variance"),
                self.env._("Gross variance"),
            )
        ]
        # sudo: names of what the user's own lines point to.
        rows = [
            (self._named(group[0].sudo(), field), *self._sums(group[1:], currency))
            for group in shown
        ]
        totals = [sum(column) for column in zip(*(group[1:] for group in shown), strict=True)]
        total = [self.env._("Total"), *self._sums(totals, currency)]
        return section(heading, Table(columns, rows, total))

    def _named(self, record_sudo, field):
        if not record_sudo and field == "reason_id":
            return self.env._("No reason given")
        return record_sudo.display_name or ""

    def _sums(self, figures, currency):
        """Return lines, shortages, surpluses, net and gross as texts."""
        lines, net, gross = figures
        shortage, surplus = (net - gross) / 2, (net + gross) / 2
        return (
            self._number(lines),
            *(self._money(value, currency, signed=True) for value in (shortage, surplus, net)),
            self._money(gross, currency),
        )

    def _suspicious(self, session):
        """List the lines out of tolerance and those that were counted again."""
        lines = self._lines(session, SUSPICIOUS)
        if not lines:
            return []
        columns = [
            *self._key_columns(),
            Column(self.env._("Difference"), number=True),
            Column(self.env._("Value"), number=True),
            Column(self.env._("Out of tolerance")),
            Column(self.env._("Recounts"), number=True),
        ]
        rows = [
            (
                *self._key(line),
                self._quantity(line.difference, signed=True),
                self._money(line.difference_value, session.currency_id, signed=True),
                self.env._("Yes") if line.out_of_tolerance else "",
                self._number(line.recount_round) if line.recount_round else "",
            )
            for line in lines.sorted(lambda line: (-line.gross_value, line.id))
        ]
        heading = self.env._("Out of tolerance, or counted again")
        return section(heading, Table(columns, rows))

    def _unposted(self, session):
        lines = self._lines(session, UNPOSTED)
        if not lines:
            return []
        columns = [
            *self._key_columns(),
            Column(self.env._("Difference"), number=True),
            Column(self.env._("Because"), weight=2.4),
        ]
        rows = [
            (
                *self._key(line),
                self._quantity(line.difference, signed=True),
                line.post_error or "",
            )
            for line in lines
        ]
        return section(self.env._("Not posted"), Table(columns, rows))

    def _transfers(self, session):
        lines = self._lines(session, TRANSFERRED)
        if not lines:
            return []
        columns = [
            Column(self.env._("Product"), weight=2.2),
            Column(self.env._("Lot, package, owner"), weight=1.2, optional=True),
            Column(self.env._("Moved from"), weight=1.4),
            Column(self.env._("Found in"), weight=1.4),
            Column(self.env._("Quantity"), number=True),
            Column(self.env._("State")),
        ]
        rows = []
        for line_sudo in lines:
            place, product, lot, _unit = self._key(line_sudo)
            source = line_sudo.transfer_from_id.complete_name
            quantity = self._quantity(abs(line_sudo.difference))
            rows.append((product, lot, source, place, quantity, self._label(line_sudo, "state")))
        note = self.env._("Found in another place than the book says: moved there, not corrected.")
        return section(self.env._("Transfers"), Note(note), Table(columns, rows))

    def _people(self, session):
        """List who counted, how much and when."""
        groups = self.env["stockex.count.entry"]._read_group(
            [("session_id", "=", session.id), ("voids", "=", False)],
            ["user_id"],
            ["line_id:count_distinct", "__count", "counted_at:min", "counted_at:max"],
            order="counted_at:min",
        )
        if not groups:
            return []
        columns = [
            Column(self.env._("Counted by"), weight=2),
            Column(self.env._("Lines"), number=True),
            Column(self.env._("Entries"), number=True),
            Column(self.env._("First entry")),
            Column(self.env._("Last entry")),
        ]
        # sudo: the names of colleagues who counted.
        rows = [
            (
                user.sudo().name,
                self._number(lines),
                self._number(entries),
                self._datetime(first),
                self._datetime(last),
            )
            for user, lines, entries, first, last in groups
        ]
        return section(self.env._("Who counted"), Table(columns, rows))
