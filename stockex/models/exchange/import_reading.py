import base64
import hashlib
from datetime import date, datetime, time, timedelta
from itertools import islice

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

from ...pure.exchange.binding import sessions_of
from ...pure.exchange.columns import Mapping, propose
from ...pure.exchange.errors import Fault, Refused
from ...pure.exchange.reading import open_table
from ...pure.exchange.rows import Rules, find_decimal, stage_rows
from ...pure.exchange.table import Row, Source, Table
from .words import FAMILY_LABELS, REASONS, file_fault_text, row_fault_text

PREVIEW_ROWS = 8
SAMPLES = 3
SAMPLE_LENGTH = 40
# A tab cannot stand in the identifier that a translation is found by: it has a name instead.
SEPARATORS = {";": ";", ",": ",", "\t": "tab", "|": "|"}
SEPARATOR_OF = {name: separator for separator, name in SEPARATORS.items()}


class CountImportReading(models.Model):
    """Reading a file: how it is written, which column is which, its first rows."""

    _inherit = "stockex.import"

    # --- Compute ---

    @api.depends("first_rows", "column_ids.family", "decimal", "date_order", "skip_empty")
    def _compute_preview(self):
        for record in self:
            record.preview = record._preview_table() if record.first_rows else False

    @api.depends("reasons")
    def _compute_reason_summary(self):
        for record in self:
            record.reason_summary = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li>%s: <b>%s</b></li>") % (self.env._(REASONS[code]), count)
                for code, count in record.reasons or []
            )

    # --- Business ---

    def _read_file(self):
        """Read how the file is written and propose what its columns are.

        :raise UserError: saying why it cannot be taken.
        """
        self.ensure_one()
        # sudo: what is read is written into read-only fields; the caller owns the record.
        record_sudo = self.sudo()
        record_sudo._forget_rows()
        record_sudo.column_ids.unlink()
        if not self.file:
            record_sudo.write({"state": "draft", "first_rows": False, "checksum": False})
            return
        data = record_sudo._data()
        with self._faults_told():
            table = self._open(data)
            self._check_binding(data)
            found = propose(table.headers)
            rows = list(islice(table.rows(), PREVIEW_ROWS))
            record_sudo.write(self._prepare_read_vals(table, found, data, rows))
        record_sudo.env["stockex.import.column"].create(self._prepare_columns(table, found, rows))

    def _data(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _open(self, data):
        """Open the file as the settings say; empty ones find out.

        :raise Refused: by the pure code.
        """
        sheet = self.sheet or ""
        if not sheet and self.session_id.name in sessions_of(data):
            sheet = self.session_id.name.replace("/", "-")
        return open_table(
            data,
            self.filename or self.env._("The file"),
            sheet=sheet,
            separator=SEPARATOR_OF.get(self.separator, ""),
            encoding=self.encoding or "",
        )

    def _check_binding(self, data):
        """Refuse a workbook that we made for other counts."""
        names = sessions_of(data)
        if names and self.session_id.name not in names:
            raise UserError(
                self.env._(
                    "“%(filename)s” is the file of %(other)s, not of “%(session)s”. Import "
                    "it there, or copy its rows into a new workbook.",
                    filename=self.filename,
                    other=", ".join(names),
                    session=self.session_id.name,
                )
            )

    def _prepare_read_vals(self, table, found, data, rows):
        decimal = ""
        if "quantity" in found.columns:
            decimal = find_decimal(table, found)
        return {
            "state": "mapped",
            "failure": False,
            "file_kind": table.kind,
            "checksum": hashlib.sha256(data).hexdigest(),
            "sheet": table.sheet,
            "sheet_names": ", ".join(
                sheet.name if sheet.visible else self.env._("%(name)s (hidden)", name=sheet.name)
                for sheet in table.sheets
            ),
            "separator": SEPARATORS.get(table.separator, False),
            "encoding": table.encoding or False,
            "decimal": self.decimal or decimal or False,
            "header_row": table.header_row,
            "skip_empty": self.skip_empty or bool(sessions_of(data)),
            "first_rows": [_plain_row(row) for row in rows],
        }

    def _prepare_columns(self, table, found, rows):
        family_of = {column: family for family, column in found.columns.items()}
        labels = {code: self.env._(label) for code, label in FAMILY_LABELS}
        doubts = {}
        for family in found.close:
            doubts[found.columns[family]] = self.env._(
                "Taken for “%(family)s” because it looks like it.", family=labels[family]
            )
        for ambiguity in found.ambiguous:
            for column in ambiguity.columns:
                doubts[column] = self.env._(
                    "May be %(families)s, like another column: choose.",
                    families=", ".join(
                        self.env._("“%(name)s”", name=labels[family])
                        for family in ambiguity.families
                    ),
                )
        return [
            {
                "import_id": self.id,
                "position": at,
                "header": header or self.env._("Column %(number)s", number=at + 1),
                "sample": _samples(rows, at),
                "family": family_of.get(at, False),
                "doubt": doubts.get(at, False),
            }
            for at, header in enumerate(table.headers)
        ]

    def _mapping(self):
        """Return what the columns are taken for.

        :raise Refused: ``bad_mapping`` if one meaning has two columns.
        """
        columns = {}
        for column in self.column_ids.sorted("position"):
            if not column.family:
                continue
            if column.family in columns:
                raise Refused("bad_mapping", families=(column.family,))
            columns[column.family] = column.position
        return Mapping(columns)

    def _rules(self):
        return Rules(decimal=self.decimal or "", date_order=self.date_order)

    def _faults_told(self):
        return _FaultsTold(self.env)

    def _preview_table(self):
        """Write the first rows as they will be understood, as a table."""
        rows = [
            Row(number, tuple(cells), tuple(Fault(*fault) for fault in faults))
            for number, cells, faults in self.first_rows
        ]
        headers = tuple(self.column_ids.sorted("position").mapped("header"))
        source = Source(
            self.file_kind, lambda: iter(rows), separator=SEPARATOR_OF.get(self.separator, "")
        )
        try:
            mapping = self._mapping()
            staged = list(stage_rows(Table(source, headers, 0), mapping, self._rules()))
        except Refused as refusal:
            text = file_fault_text(self.env, refusal)
            return Markup("<div class='alert alert-warning mb-0'>%s</div>") % text
        labels = {code: self.env._(label) for code, label in FAMILY_LABELS}
        names = [code for code in labels if code in mapping.columns]
        head = Markup().join(
            Markup("<th scope='col'>%s</th>") % text
            for text in [self.env._("Row"), *(labels[name] for name in names)]
        )
        body = Markup().join(self._preview_row(row, names) for row in staged)
        return Markup(
            "<div class='table-responsive'><table class='table table-sm mb-0'>"
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (head, body)

    def _preview_row(self, staged, names):
        cells = Markup().join(
            Markup("<td>%s</td>") % _shown(staged.values.get(name)) for name in names
        )
        line = Markup("<tr><td>%s</td>%s</tr>") % (staged.number, cells)
        faults = [
            fault
            for fault in staged.faults
            if not (self.skip_empty and fault.code == "quantity_missing")
        ]
        if faults:
            text = " ".join(row_fault_text(self.env, vars(fault)) for fault in faults)
            line += Markup("<tr><td></td><td colspan='%s' class='text-danger'>%s</td></tr>") % (
                len(names),
                text,
            )
        return line


class _FaultsTold:
    """Turns what the pure code refuses into a sentence for the user."""

    def __init__(self, env):
        self.env = env

    def __enter__(self):
        return self

    def __exit__(self, _kind, error, _trace):
        if isinstance(error, Refused):
            raise UserError(file_fault_text(self.env, error)) from error


def _plain_row(row):
    faults = [[fault.code, fault.column, fault.address, fault.value] for fault in row.faults]
    return [row.number, [_plain(cell) for cell in row.cells], faults]


def _plain(cell):
    """Make a cell fit for JSON; the reader understands ISO dates, too."""
    if isinstance(cell, (datetime, date)):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell) if isinstance(cell, (time, timedelta)) else cell


def _samples(rows, at):
    texts = [str(row.cells[at]) for row in rows if row.cells[at] is not None][:SAMPLES]
    return " · ".join(
        text if len(text) <= SAMPLE_LENGTH else text[: SAMPLE_LENGTH - 1] + "…" for text in texts
    )


def _shown(value):
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
