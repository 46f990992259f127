from datetime import UTC, datetime
from io import BytesIO

from odoo import api, models
from odoo.tools.misc import get_lang

from odoo.addons.stockex.pure.document.xlsx import (
    Column,
    Grid,
    excel_date_format,
    write_workbook,
)

WHOLE = "#,##0"


class SyncRouteWorkbook(models.AbstractModel):
    """A counter's day as an Excel workbook: its stops, and the gaps between them."""

    _name = "stockex.sync.route.workbook"
    _description = "Route Workbook"

    # --- Business ---

    @api.model
    def _build(self, user_id, day, session_id):
        """Return the file's name and the workbook; times are the reader's."""
        found = self.env["stockex.sync.route"].route(user_id, day, session_id)
        who = found["user"]["name"] if found["user"] else ""
        title = f"{who} {found['day']}".strip()
        target = BytesIO()
        lang = get_lang(self.env)
        hour = excel_date_format(f"{lang.date_format} {lang.time_format}")
        write_workbook(target, [self._stops(title, found), self._gaps(found)], {"datetime": hour})
        return title.replace("/", "-"), target.getvalue()

    @api.model
    def _stops(self, title, found):
        columns = [
            Column(self.env._("Location"), width=40),
            Column(self.env._("From"), "datetime"),
            Column(self.env._("To"), "datetime"),
            Column(self.env._("Minutes"), "number", total=True),
            Column(self.env._("Minutes without a count"), "number", total=True),
            Column(self.env._("Counts"), "number", total=True, format=WHOLE),
            Column(self.env._("Lines"), "number", total=True, format=WHOLE),
            Column(self.env._("Counted again"), "number", total=True, format=WHOLE),
            Column(self.env._("Conflicts"), "number", total=True, format=WHOLE),
            Column(self.env._("Rejected"), "number", total=True, format=WHOLE),
            Column(self.env._("Lines an hour"), "number"),
        ]
        rows = [
            (
                stop["name"],
                self._local(stop["start"]),
                self._local(stop["end"]),
                stop["seconds"] / 60,
                stop["gap_s"] / 60,
                *(stop[name] for name in ("entries", "lines", "again", "conflicts", "rejected")),
                stop["per_hour"],
            )
            for stop in found["stops"]
        ]
        return Grid(title or self.env._("Route"), columns, rows, self.env._("Total"))

    @api.model
    def _gaps(self, found):
        columns = [
            Column(self.env._("From"), "datetime"),
            Column(self.env._("To"), "datetime"),
            Column(self.env._("Minutes without a count"), "number", total=True),
        ]
        rows = [
            (self._local(gap["start"]), self._local(gap["end"]), gap["seconds"] / 60)
            for gap in found["gaps"]
        ]
        return Grid(self.env._("Gaps"), columns, rows, self.env._("Total"))

    @api.model
    def _local(self, text):
        moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
        zone = self.env["stockex.sync.route"]._zone()
        return moment.astimezone(zone).replace(tzinfo=None)
