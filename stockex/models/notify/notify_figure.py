from dataclasses import dataclass

from odoo import api, models

from ...pure.counting.outcome import accuracy
from ...pure.notify.trend import Way, trend


@dataclass(frozen=True)
class Figure:
    """One figure of a digest, of the period before and of this one.

    :ivar kind: `number`, `money`, `balance` (money that may be below nothing) or `share`
        (0.05 is 5 %).
    """

    label: str
    before: float
    now: float
    kind: str = "number"
    better: Way = Way.LEVEL

    def trend(self):
        """Compare the two."""
        return trend(self.before, self.now, self.better)


class NotifyFigure(models.AbstractModel):
    """Gathers the figures of a digest: only what its reader may see.

    An addon above adds its own by extending `_figures`.
    """

    _name = "stockex.notify.figure"
    _description = "Figures of a Digest"

    @api.model
    def _of(self, user, company, spans):
        """Return one user's figures of one company, with that user's rights.

        :param spans: `((from, to), (from, to))`, the period before and this one.
        """
        own = self.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=company.ids
        )
        return own._figures(company, spans)

    @api.model
    def _figures(self, company, spans):
        """Return the figures, the most interesting first; hook, with the reader's rights."""
        sessions = self.env["stockex.count.session"]
        if not sessions.has_access("read"):
            return []
        done = [
            sessions.search(
                [
                    ("company_id", "=", company.id),
                    ("done_at", ">=", start),
                    ("done_at", "<", end),
                    ("state", "=", "done"),
                ]
            )
            for start, end in spans
        ]
        figures = [
            Figure(self.env._("Counts finished"), len(done[0]), len(done[1]), better=Way.UP),
            Figure(
                self.env._("Lines counted"),
                *(sum(part.mapped("counted_count")) for part in done),
                better=Way.UP,
            ),
        ]
        if sessions._has_field_access(sessions._fields["accuracy"], "read"):
            figures += self._book_figures(done)
        return [figure for figure in figures if figure.before or figure.now]

    def _book_figures(self, done):
        """Return what only those may see who see the book; a blind counter does not."""
        rows = (done[0] | done[1])._line_figures()
        sums = [
            {
                name: float(sum(rows.get(session.id, {}).get(name, 0) for session in part))
                for name in ("matched", "judged", "gross", "net")
            }
            for part in done
        ]
        accuracies = [accuracy(int(one["matched"]), int(one["judged"])) for one in sums]
        return [
            Figure(self.env._("Lines that matched"), *accuracies, "share", Way.UP),
            Figure(
                self.env._("Value of variances"), *(one["gross"] for one in sums), "money", Way.DOWN
            ),
            Figure(self.env._("Net change of value"), *(one["net"] for one in sums), "balance"),
        ]
