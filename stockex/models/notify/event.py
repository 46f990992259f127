from odoo import api, fields, models
from odoo.tools import SQL

from ...pure.notify import events as _events  # noqa: F401 - registers the event names
from ...pure.notify.registry import payload_faults

# The oldest transaction that may still write an event: the oldest open one of this database.
# A snapshot holds those of all databases of the server; one that is known to be of another
# never writes here, and a customer's long transaction must not hold up the others' streams.
HORIZON = SQL(
    """(SELECT LEAST(
            pg_current_xact_id_if_assigned(),
            COALESCE(
                (SELECT min(open.xid::text::bigint)
                   FROM pg_snapshot_xip(pg_current_snapshot()) AS open(xid)
                  WHERE NOT EXISTS (
                        SELECT 1 FROM pg_stat_activity
                         WHERE datname <> current_database()
                           AND backend_xid::text::bigint
                               = (open.xid::text::bigint & 4294967295))
                )::text::xid8,
                pg_snapshot_xmax(pg_current_snapshot()))))"""
)


class Event(models.Model):
    """A business fact, written in the transaction that made it true.

    Whatever reacts (notifications, webhooks, live screens) reads this table; nothing
    reacts inside the business method.
    """

    _name = "stockex.event"
    _description = "Event"
    _order = "id desc"
    _rec_name = "name"
    _log_access = False

    name = fields.Char(required=True, readonly=True, index=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    payload = fields.Json(readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    time = fields.Datetime(required=True, readonly=True)

    _record = models.Index("(res_model, res_id)")

    def init(self):
        # The transaction's number lets a reader stop before transactions that are
        # still open; a cursor on ids alone loses whatever commits late.
        self.env.cr.execute(
            "ALTER TABLE stockex_event ADD COLUMN IF NOT EXISTS"
            " xid xid8 NOT NULL DEFAULT pg_current_xact_id()"
        )
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS stockex_event_xid_id ON stockex_event (xid, id)"
        )

    @api.depends("name", "res_model")
    def _compute_display_name(self):
        for event in self:
            event.display_name = event.name

    # --- Business ---

    @api.model
    def _emit(self, name, records, payloads, company=None):
        """Write one event a record.

        :param records: records of one model that have a `company_id`.
        :param payloads: dict record id -> payload, as the registry's schema says.
        :param company: whose event it is, for records that several companies share.
        :raise ValueError: for an unknown name or a payload that breaks its schema.
        """
        for record in records:
            faults = payload_faults(name, payloads[record.id])
            if faults:
                raise ValueError(f"event {name}: {'; '.join(faults)}")
        # sudo: whoever may do the business step may leave its trace.
        return self.sudo().create(
            [
                {
                    "name": name,
                    "res_model": records._name,
                    "res_id": record.id,
                    "payload": payloads[record.id],
                    "company_id": (company or record.company_id).id,
                    "time": fields.Datetime.now(),
                }
                for record in records
            ]
        )

    @api.model
    def _read_after(self, position=None, limit=500):
        """Return events in commit-safe order and the position to go on from.

        :param position: `(xid, id)` of the last event read, None for the beginning.
        :return: `(events, position)`; events of transactions that may still have an
            older one open beside them are left for the next call.
        """
        after = (
            SQL("AND (xid, id) > (%s::text::xid8, %s)", str(position[0]), position[1])
            if position
            else SQL()
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT xid::text, id FROM stockex_event
                    WHERE xid < %s %s
                 ORDER BY stockex_event.xid, id LIMIT %s""",
                HORIZON,
                after,
                limit,
            )
        )
        events = self.browse([row[1] for row in rows])
        return events, ((int(rows[-1][0]), rows[-1][1]) if rows else position)
