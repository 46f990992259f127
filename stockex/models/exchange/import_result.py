from io import BytesIO

from odoo import api, models
from odoo.tools.misc import get_lang

from ...pure.document.xlsx import Column, Grid, excel_date_format, write_workbook
from .words import row_fault_text

CHUNK = 5_000


class ImportResult(models.AbstractModel):
    """A count file given back: its own columns, what became of each row, and why."""

    _name = "stockex.document.import"
    _description = "Import Result"

    # --- Business ---

    @api.model
    def _build(self, record):
        """Return the workbook of an import that the user may read.

        :rtype: bytes
        """
        record.check_access("read")
        lang = get_lang(self.env)
        day = excel_date_format(lang.date_format)
        formats = {"datetime": f"{day} {excel_date_format(lang.time_format)}", "date": day}
        with record._faults_told():
            # sudo: the attachment of a record that the user may read.
            record_sudo = record.sudo()
            table = record_sudo._open(record_sudo._data())
            columns = [
                *(Column(header) for header in table.headers),
                Column(self.env._("Status"), width=14),
                Column(self.env._("Why refused"), width=60),
            ]
            target = BytesIO()
            grid = Grid(self.env._("Result"), columns, self._rows(record, table))
            write_workbook(target, [grid], formats)
        return target.getvalue()

    def _rows(self, record, table):
        """Yield the rows of the file, each with its state and its reasons."""
        labels = dict(
            self.env["stockex.import.row"]._fields["state"]._description_selection(self.env)
        )
        outcomes = self._outcomes(record)
        number, state, faults = next(outcomes, (None, None, None))
        for row in table.rows():
            said = ("", "")
            if number == row.number:
                reasons = " ".join(row_fault_text(self.env, fault) for fault in faults or [])
                said = (labels[state], reasons)
                number, state, faults = next(outcomes, (None, None, None))
            # A formula is shown as it stands; as a text, nothing works it out.
            shown = {fault.column: fault.value for fault in row.faults if fault.value}
            cells = [shown.get(at, cell) for at, cell in enumerate(row.cells)]
            yield [*(cell if cell is None else str(cell) for cell in cells), *said]

    def _outcomes(self, record):
        """Yield number, state and faults of the staged rows, a chunk in memory at a time."""
        rows = self.env["stockex.import.row"]
        last = 0
        while True:
            chunk = rows.search_read(
                [("import_id", "=", record.id), ("number", ">", last)],
                ["number", "state", "faults"],
                limit=CHUNK,
                order="number",
            )
            for row in chunk:
                yield row["number"], row["state"], row["faults"]
            if len(chunk) < CHUNK:
                return
            last = chunk[-1]["number"]
            rows.invalidate_model(flush=False)
