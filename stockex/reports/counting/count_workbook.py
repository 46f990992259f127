from datetime import datetime
from io import BytesIO
from itertools import chain

from odoo import api, fields, models
from odoo.tools import split_every
from odoo.tools.misc import get_lang

from ...pure.document.xlsx import (
    Column,
    Grid,
    excel_date_format,
    money_format,
    write_workbook,
)
from ...pure.exchange.binding import MAX_PROPERTY, PROPERTY, SEPARATOR

# In the order of the columns; what the user may not read is left out.
EXPORTED = (
    *("location_id", "product_id", "product_barcode", "lot_id", "package_id", "owner_id"),
    *("uom_id", "state", "book_quantity", "last_entry_at", "counted_quantity"),
    *("book_at_count", "difference", "unit_cost", "difference_value", "verdict", "decision"),
    *("out_of_tolerance", "recount_round", "reason_id", "note", "post_error"),
    *("zone_id", "entry_ids"),
)
# One row a session on the last sheet; what the user may not read is left out.
SUMMARY = (
    *("name", "title", "state", "started_at", "done_at", "currency_id", "line_count"),
    *("counted_count", "uncounted_count", "matched_count", "different_count", "out_count"),
    *("recount_count", "failed_count", "accuracy", "accuracy_value", "book_value"),
    *("counted_value", "shortage_value", "surplus_value", "net_variance_value"),
    "gross_variance_value",
)
# Zero on a line that nobody counted would be a lie.
COUNTED_ONLY = {"counted_quantity", "book_at_count", "difference", "difference_value"}
KINDS = {"float": "number", "monetary": "money", "datetime": "datetime", "integer": "number"}
PERCENT = {"accuracy", "accuracy_value"}
WHOLE = "#,##0"
MONEY = {"unit_cost", "difference_value"}
WIDTHS = {"location_id": 32, "product_id": 40, "note": 32, "post_error": 40, "reason_id": 24}
CHUNK = 2_000


class CountWorkbook(models.AbstractModel):
    """The lines of counts as an Excel workbook, one sheet a session."""

    _name = "stockex.document.count.workbook"
    _description = "Count Workbook"

    # --- Business ---

    @api.model
    def _build(self, sessions):
        """Return the workbook of sessions that the user may read.

        :rtype: bytes
        """
        sessions.check_access("read")
        grids = (self._grid(session) for session in sessions)
        return self._written(sessions, grids)

    @api.model
    def _written(self, sessions, grids):
        """Return the workbook of some grids and of what the sessions amount to."""
        target = BytesIO()
        lang = get_lang(self.env)
        day = excel_date_format(lang.date_format)
        formats = {
            "number": self._number_format(),
            "date": day,
            "datetime": f"{day} {excel_date_format(lang.time_format)}",
        }
        # An import knows by it for which counts the file was made.
        names = SEPARATOR.join(sessions.mapped("name"))
        properties = {PROPERTY: names} if len(names) <= MAX_PROPERTY else {}
        # The lines first: an import reads the first sheet.
        sheets = chain(grids, [self._summary(sessions)])
        write_workbook(target, sheets, formats, properties=properties)
        return target.getvalue()

    def _summary(self, sessions):
        """Return the sheet with a row a session."""
        readable = sessions.fields_get(SUMMARY, ["string", "type"])
        names = [name for name in SUMMARY if name in readable]
        currencies = sessions.currency_id
        money = self._money_format(currencies) if len(currencies) == 1 else ""
        columns = [
            Column(
                readable[name]["string"],
                "percent" if name in PERCENT else KINDS.get(readable[name]["type"], "text"),
                format=money
                if readable[name]["type"] == "monetary"
                else WHOLE
                if readable[name]["type"] == "integer"
                else "",
            )
            for name in names
        ]
        states = {"state": dict(sessions._fields["state"]._description_selection(self.env))}
        rows = ([self._value(session, name, states) for name in names] for session in sessions)
        return Grid(self.env._("Summary"), columns, rows)

    def _money_format(self, currency):
        return money_format(
            currency.symbol or currency.name,
            currency.decimal_places,
            after=currency.position == "after",
        )

    def _number_format(self):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return "#,##0." + "0" * digits if digits else "#,##0"

    def _grid(self, session):
        names = self._names()
        ids = self.env["stockex.count.line"].search([("session_id", "=", session.id)]).ids
        return self._grid_of(session, names, self._rows(ids, names))

    def _names(self):
        """Return the columns that the user may read."""
        readable = self.env["stockex.count.line"].fields_get(EXPORTED, ["type"])
        return [name for name in EXPORTED if name in readable]

    def _grid_of(self, session, names, rows):
        """Return the sheet of a session whose rows are made elsewhere."""
        readable = self.env["stockex.count.line"].fields_get(names, ["string", "type"])
        readable["entry_ids"] = {"string": self.env._("Counted by"), "type": "text"}
        money = self._money_format(session.currency_id)
        columns = [
            Column(
                readable[name]["string"],
                "money" if name in MONEY else KINDS.get(readable[name]["type"], "text"),
                WIDTHS.get(name),
                total=name == "difference_value",
                format=money if name in MONEY else WHOLE if name == "recount_round" else "",
            )
            for name in names
        ]
        return Grid(session.name, columns, rows, self.env._("Total"))

    def _rows(self, ids, names):
        """Yield the rows, a chunk of lines in memory at a time."""
        line_model = self.env["stockex.count.line"]
        selections = {
            name: dict(line_model._fields[name]._description_selection(self.env))
            for name in names
            if line_model._fields[name].type == "selection"
        }
        # What is read is dropped below, so nothing may wait to be written.
        line_model.flush_model()
        for chunk in split_every(CHUNK, ids):
            # sudo: a counter may not read lots; the lines and the columns are the user's own.
            lines_sudo = line_model.sudo().browse(chunk)
            people = self._people(chunk)
            for line_sudo in lines_sudo:
                yield [
                    people.get(line_sudo.id)
                    if name == "entry_ids"
                    else self._value(line_sudo, name, selections)
                    for name in names
                ]
            lines_sudo.invalidate_recordset(flush=False)

    def _people(self, line_ids):
        """Return {line id: who counted it}; of others' entries a counter learns nothing."""
        groups = self.env["stockex.count.entry"]._read_group(
            [("line_id", "in", line_ids), ("is_live", "=", True)], ["line_id", "user_id"]
        )
        people = {}
        for line, user in groups:
            # sudo: the names of colleagues on entries that the user may read.
            people.setdefault(line.id, []).append(user.sudo().name)
        return {line_id: ", ".join(names) for line_id, names in people.items()}

    def _value(self, record, name, selections):
        """Return what stands in a cell; `record` is a line or a session."""
        if name in COUNTED_ONLY and record.state == "pending":
            return None
        value = record[name]
        if name == "out_of_tolerance":
            return self.env._("Yes") if value else None
        if name in selections:
            return selections[name].get(value)
        if isinstance(value, models.BaseModel):
            return value.display_name or None
        if name == "recount_round":
            return value or None
        if isinstance(value, datetime):
            return fields.Datetime.context_timestamp(record, value).replace(tzinfo=None)
        return value
