from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...const import POSTING_CHUNK

# Lines that must move stock; matched ones stay as evidence only.
TO_POST = SQL(
    """line.state = 'counted' AND ROUND(line.difference::numeric, 6) <> 0
       AND line.settled_by_id IS NULL
       AND (line.verdict = 'different'
            OR (line.verdict = 'moved' AND line.decision = 'accepted'))"""
)


class CountPosting(models.AbstractModel):
    """Corrects the stock: counted minus book at the line's instant, on today's stock.

    Called as superuser by the session's job: role and state were checked at its start.
    """

    _name = "stockex.count.posting"
    _description = "Count Posting"

    # --- Business ---

    @api.model
    def _count_to_post(self, session):
        self.env["stockex.count.line"].flush_model()
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM stockex_count_line line WHERE line.session_id = %s AND %s",
                session.id,
                TO_POST,
            )
        )
        return count

    @api.model
    def _post_next(self, session):
        """Post the next chunk of a session.

        :return: (lines handled, whether there is more to do).
        """
        session._check_period_open()
        lines = self._next_lines(session)
        if not lines:
            return 0, False
        self._lock_quants(lines)
        sound = lines - self._fail_overtaken(lines)
        sound -= self._fail_unclear(sound)
        sound -= self.env["stockex.count.transfer"]._fail_gone(sound)
        if sound:
            self._post(session, sound)
        return len(lines), len(lines) == POSTING_CHUNK

    @api.model
    def _next_lines(self, session):
        # Shortages first: a serial number must leave its old place before it can be
        # found in the new one.
        self.env["stockex.count.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id FROM stockex_count_line line
                    WHERE line.session_id = %s AND %s
                 ORDER BY line.difference > 0, line.product_id, line.id
                    LIMIT %s FOR UPDATE""",
                session.id,
                TO_POST,
                POSTING_CHUNK,
            )
        )
        return self.env["stockex.count.line"].browse([row[0] for row in rows])

    @api.model
    def _lock_quants(self, lines):
        """Lock the stock of a chunk at once, in one order.

        A shipment that changed one of these quants since this transaction began makes
        it fail here, where a retry is cheap, rather than after the work.
        """
        self.env["stock.quant"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT quant.id FROM stock_quant quant
                    WHERE quant.id IN (
                        SELECT q.id FROM stock_quant q
                          JOIN stockex_count_line line
                            ON line.product_id = q.product_id
                           AND q.location_id IN (line.location_id, line.transfer_from_id)
                         WHERE line.id = ANY(%s))
                 ORDER BY quant.id FOR UPDATE""",
                lines.ids,
            )
        )
        # Odoo's moves would read each alone: a query a line.
        self.env["stock.quant"].browse([row[0] for row in rows]).fetch()

    @api.model
    def _fail_overtaken(self, lines):
        """Set lines aside whose stock another count corrected after this one.

        That count saw the shelf later: adding this line's difference to it would
        correct the same error twice.
        """
        moves = self.env["stockex.count.book"]._moves_since(
            self._exact_instants(lines), inventory_only=True
        )
        overtaken = lines.filtered(lambda line: moves.get(line._key_of()))
        self._set_aside(
            overtaken,
            self.env._(
                "The stock was corrected by another count or adjustment after this "
                "line was counted. Count it again in a new session."
            ),
        )
        return overtaken

    @api.model
    def _fail_unclear(self, lines):
        """Set lines aside that were counted while their goods were leaving."""
        recheck = self.env["stockex.count.recheck"]
        unclear = lines.browse(recheck._unclear(SQL("line.id = ANY(%s)", lines.ids)))
        self._set_aside(
            unclear,
            self.env._(
                "The stock moved at the very moment of counting. Count this line again "
                "in a new session."
            ),
        )
        return unclear

    @api.model
    def _set_aside(self, lines, reason):
        """Leave lines unposted, with the lines that their transfer would have settled."""
        if lines:
            lines |= lines.search([("settled_by_id", "in", lines.ids)])
            lines.write({"state": "failed", "post_error": reason})

    @api.model
    def _exact_instants(self, lines):
        """Return {key: instant to the microsecond}; the ORM reads them in seconds.

        That of a line which reverses another is when that one was posted.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT line.id, COALESCE(line.last_entry_at, MAX(ml.stockex_done_at))
                     FROM stockex_count_line line
                LEFT JOIN stockex_count_line reversed ON reversed.id = line.reversed_line_id
                LEFT JOIN stock_move_line ml ON ml.move_id = reversed.move_id
                    WHERE line.id = ANY(%s) GROUP BY line.id""",
                lines.ids,
            )
        )
        exact = dict(rows)
        return {line._key_of(): exact[line.id] for line in lines if exact[line.id]}

    @api.model
    def _post(self, session, lines):
        """Post lines together; halve them until the one that cannot be is alone."""
        try:
            with self.env.cr.savepoint():
                moves = self._make_moves(session, lines)
        except UserError as error:
            if len(lines) == 1:
                self._set_aside(lines, str(error))
                return
            half = len(lines) // 2
            self._post(session, lines[:half])
            self._post(session, lines[half:])
            return
        for line, move in zip(lines, moves, strict=True):
            line.move_id = move
        lines.write({"state": "posted", "post_error": False})
        self.env["stockex.count.transfer"]._settle(lines)

    @api.model
    def _make_moves(self, session, lines):
        context = {"inventory_mode": False, "stockex_posting": True}
        if session.posting_date:
            context["force_period_date"] = session.posting_date
        stock_moves = (
            self.env["stock.move"].with_company(session.company_id).with_context(**context)
        )
        # Each new move reserves what it takes, which searches the quants twice a line
        # unless they are at hand. Odoo's own completion hands them over the same way.
        quants = self.env["stock.quant"]._get_quants_by_products_locations(
            lines.product_id,
            lines.location_id | lines.transfer_from_id,
            extra_domain=[("lot_id", "in", [False, *lines.lot_id.ids])],
        )
        moves = stock_moves.with_context(quants_cache=quants).create(
            [self._prepare_move_vals(session, line) for line in lines]
        )
        moves = moves.with_env(stock_moves.env)
        moves.with_context(ignore_dest_packages=True)._action_done()
        if session.posting_date and session.posting_date < fields.Date.context_today(self):
            moves.date = datetime.combine(session.posting_date, time(12))
        moves._trigger_assign()
        return moves

    @api.model
    def _prepare_move_vals(self, session, line):
        """Values of the correction, those of Odoo's own inventory adjustment."""
        company = session.company_id
        product = line.product_id.with_company(company)
        quantity = abs(line.difference)
        surplus = line.difference > 0
        # Found in another place: it comes from there and not out of nowhere.
        other = line.transfer_from_id or product.property_stock_inventory
        source, target = (other, line.location_id) if surplus else (line.location_id, other)
        return {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "company_id": company.id,
            "state": "confirmed",
            "location_id": source.id,
            "location_dest_id": target.id,
            "restrict_partner_id": line.owner_id.id,
            "is_inventory": not line.transfer_from_id,
            "inventory_name": session.display_name,
            "picked": True,
            "stockex_session_id": session.id,
            "move_line_ids": [
                fields.Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_id": product.uom_id.id,
                        "quantity": quantity,
                        "location_id": source.id,
                        "location_dest_id": target.id,
                        "company_id": company.id,
                        "lot_id": line.lot_id.id,
                        "package_id": False if surplus else line.package_id.id,
                        "result_package_id": line.package_id.id if surplus else False,
                        "owner_id": line.owner_id.id,
                    }
                )
            ],
        }
