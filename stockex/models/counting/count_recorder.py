import json
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...pure.counting.outcome import book_at
from .race import begin_again_if_taken

# The columns of `_insert_rows`, in the order of its rows.
COLUMNS = ("lines", "quantities", "instants", "devices", "uuids", "books", "parts")


class CountRecorder(models.AbstractModel):
    """Takes entries into a session: all of a batch, or none.

    Every entry carries a UUID from its client, so sending it again changes nothing.
    Called as superuser by the session, which checked the person; `env.uid` is still them.
    """

    _name = "stockex.count.recorder"
    _description = "Count Recording"

    # --- Business ---

    @api.model
    def _record(self, session, items):
        """Record a batch of entries.

        :param items: dicts with ``quantity``, ``uuid``; ``line_id`` or the key
            ``product_id``, ``location_id``, ``lot_id``, ``package_id``, ``owner_id``;
            ``uom_id`` or ``parts`` for other units (see `stockex.count.units`);
            ``mode`` "add" (default) or "set" (replaces what this user counted on the
            line); ``counted_at`` (UTC, only for an entry made earlier), ``device``.
        :return: the lines counted, without those whose entry was already there.
        :raise CountRefused: with the reason of every item that cannot be taken.
        """
        items = self._new_items(items)
        if not items:
            return self.env["stockex.count.line"]
        lines = self.env["stockex.count.locator"]._lines_for(session, items)
        items = self.env["stockex.count.units"]._convert(items, lines)
        checker = self.env["stockex.count.checker"]
        checker._check_items(session, items, lines)
        entries = self._insert_entries(session, items, lines)
        lines = self.env["stockex.count.line"].union(*lines)
        self.env["stockex.count.judge"]._judge(lines)
        checker._check_serials(session, lines)
        return lines if entries else lines.browse()

    @api.model
    def _void(self, session, lines):
        """Take all live entries of some lines back."""
        counts = self.env["stockex.count.entry"]
        live = counts.search([("line_id", "in", lines.ids), ("is_live", "=", True)])
        self._void_entries(session, live)
        self.env["stockex.count.judge"]._judge(lines)

    @api.model
    def _void_entries(self, session, live):
        """Take some live entries back; what they had replaced does not count again.

        The caller has their lines judged.
        """
        counts = self.env["stockex.count.entry"]
        by_line = live.grouped("line_id")
        now = self.env["stockex.count.book"]._clock()
        voids = counts.create(
            [
                {
                    "line_id": line.id,
                    "session_id": session.id,
                    "company_id": session.company_id.id,
                    "user_id": self.env.uid,
                    "quantity": 0,
                    "counted_at": now,
                    "voids": True,
                    "uuid": f"void-{max(old.ids)}",
                }
                for line, old in by_line.items()
            ]
        )
        for void in voids:
            by_line[void.line_id].superseded_by_id = void
        return voids

    @api.model
    def _new_items(self, items):
        """Drop the items whose UUID is already recorded, and repeats in the batch."""
        uuids = [item["uuid"] for item in items]
        counts = self.env["stockex.count.entry"]
        seen = set(counts.search([("uuid", "in", uuids)]).mapped("uuid"))
        fresh = {item["uuid"]: item for item in items if item["uuid"] not in seen}
        return list(fresh.values())

    @api.model
    def _insert_entries(self, session, items, lines):
        book = self.env["stockex.count.book"]
        keys = [line._key_of() for line in lines]
        quantities = book._quantities(set(keys))
        now = book._clock()
        instants = {}
        for item, key in zip(items, keys, strict=True):
            if item.get("counted_at"):
                instants[key] = min(item["counted_at"], instants.get(key, now))
        moves = book._moves_since(instants)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        old = self._superseded(session, items, lines)
        rows = []
        for item, line, key in zip(items, lines, keys, strict=True):
            at = min(item.get("counted_at") or now, now)
            past = book_at(quantities[key], moves.get(key, ()), at, digits)
            quantity = round(item["quantity"], digits)
            parts = json.dumps(item["parts"]) if item.get("parts") else None
            rows.append((line.id, quantity, at, item.get("device"), item["uuid"], past, parts))
        with begin_again_if_taken():
            entries = self._insert_rows(session, rows)
        for entry, item, line in zip(entries, items, lines, strict=True):
            if item.get("mode") == "set":
                # In one batch a correction also replaces what came before it.
                old[line.id].superseded_by_id = entry
                old[line.id] = entry
            else:
                old[line.id] |= entry
        return entries

    @api.model
    def _insert_rows(self, session, rows):
        """Store entries with their instants to the microsecond.

        Two entries and a move within one second must keep their order, and the ORM cuts
        instants to seconds. It also takes three times as long as this.
        """
        counts = self.env["stockex.count.entry"]
        columns = [list(column) for column in zip(*rows, strict=True)]
        found = self.env.execute_query(
            SQL(
                """INSERT INTO stockex_count_entry (
                        session_id, company_id, user_id, line_id, quantity, counted_at,
                        device, uuid, book_quantity, parts, voids,
                        create_uid, create_date, write_uid, write_date)
                   SELECT %(session)s, %(company)s, %(uid)s, t.line_id, t.quantity, t.at,
                          t.device, t.uuid, t.book, t.parts::jsonb, FALSE,
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM unnest(%(lines)s::int[], %(quantities)s::numeric[],
                                 %(instants)s::timestamp[], %(devices)s::text[],
                                 %(uuids)s::text[], %(books)s::numeric[], %(parts)s::text[])
                          AS t(line_id, quantity, at, device, uuid, book, parts)
                RETURNING uuid, id""",
                session=session.id,
                company=session.company_id.id,
                uid=self.env.uid,
                **dict(zip(COLUMNS, columns, strict=True)),
            )
        )
        ids = dict(found)
        self.env["stockex.count.line"].browse(columns[0]).invalidate_recordset(
            ["entry_ids", "my_quantity", "my_counted"]
        )
        return counts.browse([ids[row[4]] for row in rows])

    @api.model
    def _superseded(self, session, items, lines):
        """Return {line id: this user's live entries that the batch replaces}."""
        counts = self.env["stockex.count.entry"]
        line_ids = [
            line.id for item, line in zip(items, lines, strict=True) if item.get("mode") == "set"
        ]
        found = defaultdict(counts.browse)
        # Not by session too: PostgreSQL would then read every entry of the session.
        domain = [
            ("line_id", "in", line_ids),
            ("user_id", "=", self.env.uid),
            ("is_live", "=", True),
        ]
        for line, entries in counts.search(domain).grouped("line_id").items():
            found[line.id] = entries
        return found
