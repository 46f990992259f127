from odoo import api, models
from odoo.tools import SQL


class ImportSettling(models.AbstractModel):
    """Compares the good rows with one another and with what the session already has.

    In SQL, because it looks at all rows at once: 100,000 take a second.
    """

    _name = "stockex.import.settling"
    _description = "Row Comparing"

    # --- Business ---

    @api.model
    def _settle(self, record):
        """Refuse double lines and serial numbers that are in two places; count the rest."""
        self._forget_adding(record)
        self._refuse_other_barcodes(record)
        self._join_barcodes(record)
        self._refuse_differing(
            record, "new_unit_differs", SQL("COALESCE(lower(values->>'uom'), '')")
        )
        self._refuse_differing(record, "new_lot_differs", SQL("values ? 'lot'"))
        if record.double_lines == "add":
            self._add_doubles(record)
        else:
            self._refuse_doubles(record, "key", "double_line")
        self._refuse_doubles(record, "serial_key", "serial_again")
        self._refuse_counted_serials(record)
        record.env["stockex.import.row"].invalidate_model()
        record.write(self._figures(record))

    @api.model
    def _forget_adding(self, record):
        self.env.cr.execute(
            SQL(
                "UPDATE stockex_import_row SET adds = FALSE WHERE import_id = %s AND adds",
                record.id,
            )
        )

    @api.model
    def _refuse_other_barcodes(self, record):
        """Refuse rows of a new product whose barcode an earlier row gives to another code."""
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r
                      SET state = 'refused', code = 'new_barcode_taken',
                          faults = jsonb_build_array(jsonb_build_object(
                              'code', 'new_barcode_taken', 'row', ranked.number,
                              'value', ranked.product))
                     FROM (SELECT id, first_value(number) OVER same AS number,
                                  first_value(values->>'code') OVER same AS product
                             FROM stockex_import_row
                            WHERE import_id = %s AND state = 'ok' AND creates ? 'product'
                              AND values ? 'barcode' AND values ? 'code'
                           WINDOW same AS (PARTITION BY values->>'barcode' ORDER BY number)
                          ) ranked
                    WHERE r.id = ranked.id AND r.values->>'code' <> ranked.product""",
                record.id,
            )
        )

    @api.model
    def _join_barcodes(self, record):
        """Let rows that name a new product by its barcode alone share the code of the others."""
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r
                      SET creates = jsonb_set(r.creates, '{product}', to_jsonb(other.product)),
                          key = '+' || other.product
                                || substr(r.key, length(r.creates->>'product') + 2)
                     FROM (SELECT DISTINCT values->>'barcode' AS barcode,
                                  values->>'code' AS product
                             FROM stockex_import_row
                            WHERE import_id = %(record)s AND state = 'ok'
                              AND creates ? 'product' AND values ? 'barcode'
                              AND values ? 'code') other
                    WHERE r.import_id = %(record)s AND r.state = 'ok'
                      AND r.creates ? 'product' AND NOT r.values ? 'code'
                      AND r.values->>'barcode' = other.barcode
                      AND r.creates->>'product' <> other.product""",
                record=record.id,
            )
        )

    @api.model
    def _refuse_differing(self, record, code, trait):
        """Refuse rows that describe a product to be created otherwise than its first row.

        :param trait: SQL of what all rows of one product must share.
        """
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r
                      SET state = 'refused', code = %(code)s,
                          faults = jsonb_build_array(jsonb_build_object(
                              'code', %(code)s::text, 'row', ranked.first,
                              'value', r.creates->>'product'))
                     FROM (SELECT id, %(trait)s AS trait,
                                  first_value(%(trait)s) OVER same AS wanted,
                                  first_value(number) OVER same AS first
                             FROM stockex_import_row
                            WHERE import_id = %(record)s AND state = 'ok'
                              AND creates ? 'product'
                           WINDOW same AS (PARTITION BY creates->>'product' ORDER BY number)
                          ) ranked
                    WHERE r.id = ranked.id AND ranked.trait <> ranked.wanted""",
                record=record.id,
                code=code,
                trait=trait,
            )
        )

    @api.model
    def _add_doubles(self, record):
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r SET adds = TRUE
                     FROM (SELECT id, row_number() OVER (PARTITION BY key ORDER BY number) AS place
                             FROM stockex_import_row
                            WHERE import_id = %s AND state = 'ok') ranked
                    WHERE r.id = ranked.id AND ranked.place > 1""",
                record.id,
            )
        )

    @api.model
    def _refuse_doubles(self, record, column, code):
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r
                      SET state = 'refused', code = %(code)s,
                          faults = jsonb_build_array(jsonb_build_object(
                              'code', %(code)s::text, 'row', ranked.first,
                              'value', r.values->>'lot'))
                     FROM (SELECT id, first_value(number) OVER same AS first,
                                  row_number() OVER same AS place
                             FROM stockex_import_row
                            WHERE import_id = %(record)s AND state = 'ok'
                              AND %(column)s IS NOT NULL
                           WINDOW same AS (PARTITION BY %(column)s ORDER BY number)) ranked
                    WHERE r.id = ranked.id AND ranked.place > 1""",
                record=record.id,
                code=code,
                column=SQL.identifier(column),
            )
        )

    @api.model
    def _refuse_counted_serials(self, record):
        """Refuse serial numbers that somebody counted, or that were counted elsewhere.

        What the importing user counted in the same place is corrected by the row.
        """
        self.env["stockex.count.line"].flush_model()
        self.env["stockex.count.entry"].flush_model()
        self.env.cr.execute(
            SQL(
                """UPDATE stockex_import_row r
                      SET state = 'refused', code = 'serial_counted',
                          faults = jsonb_build_array(jsonb_build_object(
                              'code', 'serial_counted', 'value', r.values->>'lot',
                              'session', %(name)s::text, 'location', found.place))
                     FROM (SELECT DISTINCT ON (own.id) own.id, place.complete_name AS place
                             FROM stockex_import_row own
                             JOIN stockex_count_line line ON line.lot_id = own.lot_id
                              AND line.session_id = %(session)s
                             JOIN stockex_count_entry entry ON entry.line_id = line.id
                              AND entry.superseded_by_id IS NULL
                              AND entry.voids IS NOT TRUE AND entry.quantity > 0
                             JOIN stock_location place ON place.id = line.location_id
                            WHERE own.import_id = %(record)s AND own.state = 'ok'
                              AND own.serial_key IS NOT NULL
                              AND (entry.user_id <> %(uid)s
                                   OR line.location_id <> own.location_id
                                   OR line.package_id IS DISTINCT FROM own.package_id
                                   OR line.owner_id IS DISTINCT FROM own.owner_id)) found
                    WHERE r.id = found.id""",
                record=record.id,
                session=record.session_id.id,
                name=record.session_id.display_name,
                uid=self.env.uid,
            )
        )

    @api.model
    def _figures(self, record):
        [figures] = self.env.execute_query_dict(
            SQL(
                """SELECT COUNT(*) AS row_count,
                          COUNT(*) FILTER (WHERE state IN ('ok', 'imported')) AS good_count,
                          COUNT(*) FILTER (WHERE state = 'refused') AS refused_count,
                          COUNT(*) FILTER (WHERE state = 'skipped') AS skipped_count,
                          COUNT(*) FILTER (WHERE state = 'imported') AS imported_count,
                          COUNT(DISTINCT creates->>'product')
                              FILTER (WHERE state = 'ok') AS new_product_count,
                          COUNT(DISTINCT lower(creates->>'location'))
                              FILTER (WHERE state = 'ok') AS new_location_count,
                          COUNT(DISTINCT split_part(key, '|', 1) || (creates->>'lot'))
                              FILTER (WHERE state = 'ok') AS new_lot_count
                     FROM stockex_import_row WHERE import_id = %s""",
                record.id,
            )
        )
        reasons = self.env.execute_query(
            SQL(
                """SELECT code, COUNT(*) FROM stockex_import_row
                    WHERE import_id = %s AND state = 'refused'
                 GROUP BY code ORDER BY 2 DESC, 1""",
                record.id,
            )
        )
        return {**figures, "reasons": [list(one) for one in reasons]}
