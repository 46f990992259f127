from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from json import dumps

from odoo import api, models
from odoo.tools import SQL

from ...pure.exchange.errors import Refused
from ...pure.exchange.rows import find_decimal, stage_rows

# A workbook can only be read from its top: fewer, larger chunks read less twice.
READ_CHUNK = 50_000
INSERT_CHUNK = 2_000
MAX_FILE_ROWS = 300_000


class ImportStaging(models.AbstractModel):
    """Brings the rows of a file into the database, one statement per 2,000 rows.

    Called as superuser by the import, which checked the person.
    """

    _name = "stockex.import.staging"
    _description = "Row Staging"

    # --- Business ---

    @api.model
    def _read_next(self, record, done):
        """Stage the rows that follow those that are staged.

        :param done: number of rows staged before.
        :return: (rows staged, whether the file may have more).
        :raise UserError: if the file has too many rows.
        """
        [(last,)] = self.env.execute_query(
            SQL("SELECT MAX(number) FROM stockex_import_row WHERE import_id = %s", record.id)
        )
        with record._faults_told():
            table = record._open(record._data())
            rest = replace(table, header_row=max(last or 0, table.header_row))
            self._decide_decimal(record, rest)
            rows = stage_rows(rest, record._mapping(), record._rules())
            count = 0
            while count < READ_CHUNK:
                chunk = list(islice(rows, INSERT_CHUNK))
                if chunk:
                    self._insert(record, chunk)
                count += len(chunk)
                if done + count > MAX_FILE_ROWS:
                    raise Refused("too_many_rows", filename=record.filename, limit=MAX_FILE_ROWS)
                if len(chunk) < INSERT_CHUNK:
                    return count, False
        return count, True

    @api.model
    def _decide_decimal(self, record, rest):
        """Find out how the file writes decimals, once: later chunks may not differ."""
        if not record.decimal:
            record.decimal = find_decimal(rest, record._mapping()) or False

    @api.model
    def _insert(self, record, chunk):
        rows = [self._prepare_row(record, staged) for staged in chunk]
        self.env.execute_query(
            SQL(
                """INSERT INTO stockex_import_row (
                        import_id, company_id, number, state, code, values, faults,
                        create_uid, create_date, write_uid, write_date)
                   SELECT %(record)s, %(company)s, t.number, t.state, t.code,
                          t.values::jsonb, t.faults::jsonb,
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(numbers)s::int[], %(states)s::text[], %(codes)s::text[],
                                 %(values)s::text[], %(faults)s::text[])
                          AS t(number, state, code, values, faults)
                RETURNING id""",
                record=record.id,
                company=record.company_id.id,
                uid=self.env.uid,
                **dict(
                    zip(
                        ("numbers", "states", "codes", "values", "faults"),
                        [list(column) for column in zip(*rows, strict=True)],
                        strict=True,
                    )
                ),
            )
        )

    @api.model
    def _prepare_row(self, record, staged):
        values = {name: _plain(one) for name, one in staged.values.items() if one is not None}
        codes = [fault.code for fault in staged.faults]
        if record.skip_empty and "quantity_missing" in codes:
            return staged.number, "skipped", None, dumps(values), None
        if not codes:
            return staged.number, "new", None, dumps(values), None
        faults = dumps([_as_dict(fault) for fault in staged.faults])
        return staged.number, "refused", codes[0], dumps(values), faults


def _as_dict(fault):
    return {"code": fault.code, "address": fault.address, "value": fault.value}


def _plain(value):
    return value.isoformat() if isinstance(value, (date, datetime)) else value
