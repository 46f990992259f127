from odoo import api, models
from odoo.tools import SQL

from ...pure.sync.route import Fault, Mark

MOST_PLACES = 2_000
MOST_POSITIONS = 2_000


class SyncRouteRows(models.AbstractModel):
    """Reads what a day's route is made of, each by one statement.

    In SQL, as these are thousands of rows of which nothing is kept. Whoever calls has
    checked who looks, and gives only companies in which they work.
    """

    _name = "stockex.sync.route.rows"
    _description = "Rows of a Route"

    # --- Business ---

    @api.model
    def _filters(self, companies, user_id=None, session_id=None):
        """Return the condition on counts (`entry`)."""
        self.env["stockex.count.entry"].flush_model()
        conditions = [
            SQL("entry.company_id = ANY(%s)", companies.ids),
            SQL("entry.voids IS NOT TRUE"),
        ]
        if user_id:
            conditions.append(SQL("entry.user_id = %s", user_id))
        if session_id:
            conditions.append(SQL("entry.session_id = %s", session_id))
        return SQL(" AND ").join(conditions)

    @api.model
    def _last_at(self, filters):
        """Return when somebody counted last, None if nobody ever did."""
        rows = self.env.execute_query(
            SQL("SELECT MAX(entry.counted_at) FROM stockex_count_entry entry WHERE %s", filters)
        )
        return rows[0][0]

    @api.model
    def _people(self, filters, start, end):
        """Return (user id, counts) of those who counted, who counted most first."""
        return self.env.execute_query(
            SQL(
                """SELECT entry.user_id, COUNT(*) FROM stockex_count_entry entry
                    WHERE %s AND entry.counted_at >= %s AND entry.counted_at < %s
                 GROUP BY entry.user_id ORDER BY 2 DESC, 1""",
                *(filters, start, end),
            )
        )

    @api.model
    def _marks(self, filters, start, end):
        """Return the counts in their order, and the ids of their sessions."""
        self.env["stockex.count.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT entry.counted_at, line.location_id, entry.line_id,
                          EXISTS (SELECT 1 FROM stockex_count_entry earlier
                                   WHERE earlier.line_id = entry.line_id
                                     AND earlier.id < entry.id
                                     AND earlier.superseded_by_id <= entry.id
                                     AND earlier.voids IS NOT TRUE),
                          entry.session_id
                     FROM stockex_count_entry entry
                     JOIN stockex_count_line line ON line.id = entry.line_id
                    WHERE %s AND entry.counted_at >= %s AND entry.counted_at < %s
                 ORDER BY entry.counted_at, entry.id""",
                *(filters, start, end),
            )
        )
        return [Mark(*row[:4]) for row in rows], sorted({row[4] for row in rows})

    @api.model
    def _faults(self, companies, user_id, start, end, session_id=None):
        """Return the conflicts and rejected operations."""
        self.env["stockex.sync.operation"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(operation.corrected_at, operation.received_at),
                          COALESCE(line.location_id, operation.location_id),
                          operation.status = 'conflict'
                     FROM stockex_sync_operation operation
                LEFT JOIN stockex_count_line line ON line.id = operation.line_id
                    WHERE %s AND operation.status IN ('conflict', 'rejected')
                 ORDER BY 1, operation.id""",
                self._of_day(companies, user_id, start, end, session_id),
            )
        )
        return [Fault(*row) for row in rows]

    @api.model
    def _positions(self, companies, user_id, start, end, session_id=None):
        """Return (when, latitude, longitude, accuracy, location id) where they are kept."""
        return self.env.execute_query(
            SQL(
                """SELECT operation.corrected_at, operation.latitude, operation.longitude,
                          operation.accuracy_m,
                          COALESCE(line.location_id, operation.location_id)
                     FROM stockex_sync_operation operation
                LEFT JOIN stockex_count_line line ON line.id = operation.line_id
                    WHERE %s AND operation.corrected_at IS NOT NULL
                      AND (operation.latitude <> 0 OR operation.longitude <> 0)
                 ORDER BY operation.corrected_at, operation.id LIMIT %s""",
                self._of_day(companies, user_id, start, end, session_id),
                MOST_POSITIONS,
            )
        )

    @api.model
    def _of_day(self, companies, user_id, start, end, session_id):
        moment = SQL("COALESCE(operation.corrected_at, operation.received_at)")
        conditions = [
            SQL("operation.company_id = ANY(%s)", companies.ids),
            SQL("operation.user_id = %s", user_id),
            SQL("%s >= %s AND %s < %s", moment, start, moment, end),
        ]
        if session_id:
            conditions.append(SQL("operation.session_id = %s", session_id))
        return SQL(" AND ").join(conditions)

    @api.model
    def _places(self, session_ids, user_id):
        """Return (location id, lines) of what the user was to walk through, in walking order.

        Where somebody has zones of their own in a count, that is those and what they visited.
        """
        self.env["stockex.count.zone"].flush_model()
        return self.env.execute_query(
            SQL(
                """WITH mine AS (
                        SELECT zone.id, zone.session_id
                          FROM stockex_count_zone zone
                          JOIN %(counters)s who ON who.stockex_count_zone_id = zone.id
                         WHERE who.res_users_id = %(user)s
                           AND zone.session_id = ANY(%(sessions)s))
                   SELECT line.location_id, COUNT(*) FROM stockex_count_line line
                    WHERE line.session_id = ANY(%(sessions)s)
                      AND (line.session_id NOT IN (SELECT session_id FROM mine)
                           OR line.zone_id IN (SELECT id FROM mine)
                           OR EXISTS (SELECT 1 FROM stockex_count_entry entry
                                       WHERE entry.line_id = line.id
                                         AND entry.user_id = %(user)s))
                 GROUP BY line.location_id
                 ORDER BY MIN(line.session_id), MIN(line.sequence) LIMIT %(most)s""",
                counters=SQL.identifier(
                    self.env["stockex.count.zone"]._fields["counter_ids"].relation
                ),
                user=user_id,
                sessions=list(session_ids),
                most=MOST_PLACES,
            )
        )
