import hashlib
from datetime import UTC

from odoo import api, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...pure.notify.sequence import SequenceInvalid, read_sequence, write_sequence


class EventStream(models.Model):
    """Events as those outside follow them: in order, with a sequence, as far as they may see."""

    _inherit = "stockex.event"

    # --- Business ---

    def _readable(self):
        """Return the events that the user may read, in their order.

        What is told of a record is for those who may read that record.
        """
        allowed = self._filtered_access("read")
        hidden = self.browse()
        for model, events in allowed.filtered("res_model").grouped("res_model").items():
            records = self.env[model].browse(events.mapped("res_id")).exists()
            gone = set(events.mapped("res_id")) - set(records.ids)
            shown = set(records._filtered_access("read").ids) | gone
            hidden |= events.filtered(lambda event, shown=shown: event.res_id not in shown)
        return allowed - hidden

    def _shown(self):
        """Return the events as dicts of plain values, in their order."""
        if not self:
            return []
        rows = self.env.execute_query(
            SQL("SELECT id, xid::text FROM stockex_event WHERE id = ANY(%s)", self.ids)
        )
        xids = {row[0]: int(row[1]) for row in rows}
        mark = self._database_mark()
        return [
            {
                "sequence": write_sequence(mark, (xids[event.id], event.id)),
                "id": event.id,
                "name": event.name,
                "time": event.time.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z"),
                "company_id": event.company_id.id,
                "model": event.res_model or None,
                "record_id": event.res_id or None,
                "payload": event.payload,
            }
            for event in self
        ]

    @api.model
    def _write_sequence(self, position):
        """Write a position of `_read_after` as a text; the beginning if it is None."""
        return write_sequence(self._database_mark(), position or (0, 0))

    @api.model
    def _read_sequence(self, text):
        """Read where to go on.

        :return: a position for `_read_after`.
        :raise UserError: for a text that means no place in this database.
        """
        try:
            position = read_sequence(self._database_mark(), text)
        except SequenceInvalid as error:
            raise UserError(
                self.env._(
                    "“%(sequence)s” is no place in the events of this database. Begin without it.",
                    sequence=text[:60],
                )
            ) from error
        if position[0] > self._next_xid():
            # A backup was put back: what the client saw last never happened here.
            raise UserError(
                self.env._(
                    "“%(sequence)s” lies after the last event: the database was restored from "
                    "a backup. Read what you need anew, and begin without it.",
                    sequence=text,
                )
            )
        return position

    @api.model
    def _next_xid(self):
        """Return the number that the server's next transaction gets at the least."""
        [(snapshot,)] = self.env.execute_query(SQL("SELECT pg_current_snapshot()::text"))
        return int(snapshot.split(":")[1])

    @api.autovacuum
    def _gc_restored(self):
        """Put events of another server's future at the beginning.

        A dump that is loaded into a new server keeps its transaction numbers while the
        server's own begin anew; readers would wait for old events, and pass over new ones.
        """
        self.env.execute_query(
            SQL(
                """UPDATE stockex_event SET xid = '1'
                    WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()) RETURNING id"""
            )
        )

    @api.model
    @tools.ormcache()
    def _database_mark(self):
        # sudo: the database's own name for itself; only a hash of it leaves.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        identity = parameters_sudo.get_param("database.uuid", "")
        return hashlib.sha256(identity.encode()).hexdigest()[:8]
