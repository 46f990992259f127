from io import BytesIO

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
    *("note", "post_error"),
)
# Zero on a line that nobody counted would be a lie.
COUNTED_ONLY = {"counted_quantity", "book_at_count", "difference", "difference_value"}
KINDS = {"float": "number", "monetary": "money", "datetime": "datetime"}
MONEY = {"unit_cost", "difference_value"}
WIDTHS = {"location_id": 32, "product_id": 40, "note": 32, "post_error": 40}
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
        grids = (self._grid(session) for session in sessions)
        write_workbook(target, grids, formats, properties=properties)
        return target.getvalue()

    def _number_format(self):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return "#,##0." + "0" * digits if digits else "#,##0"

    def _grid(self, session):
        line_model = self.env["stockex.count.line"]
        readable = line_model.fields_get(EXPORTED, ["string", "type"])
        names = [name for name in EXPORTED if name in readable]
        currency = session.currency_id
        money = money_format(
            currency.symbol or currency.name,
            currency.decimal_places,
            after=currency.position == "after",
        )
        columns = [
            Column(
                readable[name]["string"],
                "money" if name in MONEY else KINDS.get(readable[name]["type"], "text"),
                WIDTHS.get(name),
                total=name == "difference_value",
                format=money if name in MONEY else "",
            )
            for name in names
        ]
        ids = line_model.search([("session_id", "=", session.id)]).ids
        return Grid(session.name, columns, self._rows(ids, names), self.env._("Total"))

    def _rows(self, ids, names):
        """Yield the rows, a chunk of lines in memory at a time."""
        line_model = self.env["stockex.count.line"]
        selections = {
            name: dict(line_model._fields[name]._description_selection(self.env))
            for name in names
            if line_model._fields[name].type == "selection"
        }
        for chunk in split_every(CHUNK, ids):
            # sudo: a counter may not read lots; the lines and the columns are the user's own.
            lines_sudo = line_model.sudo().browse(chunk)
            for line_sudo in lines_sudo:
                yield [self._value(line_sudo, name, selections) for name in names]
            lines_sudo.invalidate_recordset(flush=False)

    def _value(self, line_sudo, name, selections):
        if name in COUNTED_ONLY and line_sudo.state == "pending":
            return None
        value = line_sudo[name]
        if name in selections:
            return selections[name].get(value)
        if isinstance(value, models.BaseModel):
            return value.display_name or None
        if name == "last_entry_at":
            return value and fields.Datetime.context_timestamp(line_sudo, value).replace(
                tzinfo=None
            )
        return value
