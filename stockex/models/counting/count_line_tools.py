from odoo import api, fields, models


class CountLineTools(models.Model):
    """What a counter does on a line besides typing a number: units, photos."""

    _inherit = "stockex.count.line"

    my_counted = fields.Boolean(
        "Counted by me",
        compute="_compute_my_counted",
        help="Tells a count of zero from no count.",
    )
    photo_ids = fields.One2many("stockex.count.photo", "line_id", "Photos", readonly=True)
    photo_count = fields.Integer("Number of photos", compute="_compute_photo_count")

    # --- Compute ---

    @api.depends("entry_ids.superseded_by_id")
    @api.depends_context("uid")
    def _compute_my_counted(self):
        groups = self.env["stockex.count.entry"]._read_group(
            [
                ("line_id", "in", self.ids),
                ("user_id", "=", self.env.uid),
                ("is_live", "=", True),
            ],
            ["line_id"],
        )
        counted = {line.id for (line,) in groups}
        for line in self:
            line.my_counted = line.id in counted

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        counts = dict(
            self.env["stockex.count.photo"]._read_group(
                [("line_id", "in", self.ids)], ["line_id"], ["__count"]
            )
        )
        for line in self:
            line.photo_count = counts.get(line, 0)

    # --- Actions ---

    def action_units(self):
        """Return the units in which a line may be counted (called by clients)."""
        self.ensure_one()
        self.check_access("read")
        # sudo: counters may not read every product; only units and the name leave.
        line_sudo = self.sudo()
        own_sudo = line_sudo.uom_id
        units_sudo = line_sudo.env["stockex.count.units"]._units_of(line_sudo)
        return {
            "line": line_sudo.display_name,
            "uom": own_sudo.name,
            "units": [
                {
                    "id": unit.id,
                    "name": unit.display_name,
                    "factor": unit._compute_quantity(1.0, own_sudo, round=False),
                }
                for unit in units_sudo
            ],
        }

    def action_add_photo(self, name, data):
        """Add a photo to a line of an open count (called by clients).

        :param name: the file's name, for messages.
        :param data: its content in base64.
        :return: the photo's id.
        """
        self.ensure_one()
        self.check_access("read")
        session = self.session_id
        session._check_counter()
        session._check_counting()
        # sudo: photos are the system's to write; who adds one is checked above.
        photos_sudo = self.env["stockex.count.photo"].sudo()
        return photos_sudo._add({"line_id": self.id, "session_id": session.id}, name, data).id
