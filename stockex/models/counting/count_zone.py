from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .belonging import foreign_to


class CountZone(models.Model):
    """A part of a session's locations, and who counts there."""

    _name = "stockex.count.zone"
    _description = "Count Zone"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    session_id = fields.Many2one("stockex.count.session", index=True, ondelete="cascade")
    template_id = fields.Many2one("stockex.count.template", index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", compute="_compute_company_id", store=True)
    session_state = fields.Selection(related="session_id.state", string="Session state")
    location_ids = fields.Many2many(
        "stock.location",
        string="Locations",
        required=True,
        domain="[('usage', 'in', ('internal', 'transit', 'view')),"
        " ('company_id', '=', company_id)]",
        help="With every location below them.",
    )
    counter_ids = fields.Many2many("res.users", string="Counters")
    line_count = fields.Integer("Lines", compute="_compute_progress")
    counted_count = fields.Integer("Counted lines", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", help="0 to 100.")

    _of_one = models.Constraint(
        "CHECK ((session_id IS NULL) <> (template_id IS NULL))",
        "A zone belongs to one session or one template.",
    )

    # --- Compute ---

    @api.depends("session_id.company_id", "template_id.company_id")
    def _compute_company_id(self):
        for zone in self:
            zone.company_id = zone.session_id.company_id or zone.template_id.company_id

    def _compute_progress(self):
        # sudo: figures of zones that the user may already read.
        lines_sudo = self.env["stockex.count.line"].sudo()
        groups = lines_sudo._read_group(
            [("zone_id", "in", self.ids)], ["zone_id", "state"], ["__count"]
        )
        for zone in self:
            counts = {state: count for found, state, count in groups if found == zone}
            zone.line_count = sum(counts.values())
            zone.counted_count = zone.line_count - counts.get("pending", 0)
            share = zone.counted_count / zone.line_count if zone.line_count else 0
            zone.progress = 100 * share

    # --- Python constraints ---

    @api.constrains("location_ids", "session_id", "template_id")
    def _check_locations(self):
        for zone in self:
            siblings = (zone.session_id.zone_ids | zone.template_id.zone_ids) - zone
            shared = zone.location_ids & siblings.location_ids
            if shared:
                raise ValidationError(
                    self.env._(
                        "“%(location)s” is in two zones; give it to one of them.",
                        location=shared[0].display_name,
                    )
                )
            foreign = foreign_to(zone.location_ids, zone.company_id)
            if foreign:
                raise ValidationError(
                    self.env._(
                        "“%(location)s” belongs to another company than zone “%(zone)s”.",
                        location=foreign[0].display_name,
                        zone=zone.name,
                    )
                )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        zones = super().create(vals_list)
        zones._check_not_started()
        zones._admit_counters()
        return zones

    def write(self, vals):
        if set(vals) & {"location_ids", "session_id", "template_id"}:
            self._check_not_started()
        done = super().write(vals)
        if set(vals) & {"session_id", "template_id"}:
            self._check_not_started()
        if set(vals) & {"counter_ids", "session_id", "template_id"}:
            self._admit_counters()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_before_start(self):
        self._check_not_started()

    # --- Business ---

    def _check_not_started(self):
        started = self.session_id.filtered(lambda session: session.state != "draft")
        if started and not self.env.su:
            raise UserError(
                self.env._(
                    "The zones of “%(session)s” are fixed since it started; only their "
                    "counters can change.",
                    session=started[0].display_name,
                )
            )

    def _admit_counters(self):
        """Make those who count in a zone counters of its session or template."""
        for zone in self:
            plan = zone.session_id or zone.template_id
            missing = zone.counter_ids - plan.counter_ids
            if missing:
                plan.counter_ids |= missing

    def _prepare_copy_vals(self):
        """Return the values of the same zones elsewhere."""
        return [
            {
                "name": zone.name,
                "sequence": zone.sequence,
                "location_ids": [fields.Command.set(zone.location_ids.ids)],
                "counter_ids": [fields.Command.set(zone.counter_ids.ids)],
            }
            for zone in self
        ]

    def _zone_of_locations(self, location_ids):
        """Return {location id: zone id} of those locations that are below a zone."""
        if not self:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT * FROM (%s) place WHERE location_id = ANY(%s)",
                self._places_sql(location_ids),
                location_ids,
            )
        )
        return dict(rows)

    def _places_sql(self, location_ids=None):
        """Select location_id, zone_id: each location below a zone, in its nearest zone.

        :param location_ids: only these; all if None.
        """
        if not self:
            return SQL("SELECT NULL::int AS location_id, NULL::int AS zone_id WHERE FALSE")
        self.flush_model()
        only = SQL("AND below.id = ANY(%s)", location_ids) if location_ids is not None else SQL()
        # The path's own ids: comparing paths by LIKE takes seconds for thousands of bins.
        return SQL(
            """SELECT DISTINCT ON (below.id) below.id AS location_id,
                      zone.stockex_count_zone_id AS zone_id
                 FROM stock_location below
           CROSS JOIN LATERAL unnest(string_to_array(TRIM('/' FROM below.parent_path), '/')::int[])
                      WITH ORDINALITY AS above(id, depth)
                 JOIN %(relation)s zone ON zone.stock_location_id = above.id
                WHERE zone.stockex_count_zone_id = ANY(%(zones)s) %(only)s
             ORDER BY below.id, above.depth DESC""",
            relation=SQL.identifier(self._fields["location_ids"].relation),
            zones=self.ids,
            only=only,
        )
