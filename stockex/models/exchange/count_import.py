from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...pure.exchange.encoding import ENCODINGS

# What its user may set; everything else is set by the flow.
FREE_FIELDS = {
    *("session_id", "file", "filename", "sheet", "separator", "encoding", "decimal"),
    *("date_order", "double_lines", "create_products", "create_locations", "create_lots"),
    *("skip_empty", "import_good", "allow_again", "column_ids"),
}
# Changing one of these means reading the file again, the others only checking again.
READING_FIELDS = {"file", "sheet", "separator", "encoding"}
TICKS = {"import_good", "allow_again", "filename"}
BUSY_STATES = ("checking", "importing")


class CountImport(models.Model):
    """One count file on its way into a session: read, mapped, checked, imported."""

    _name = "stockex.import"
    _description = "Count File Import"
    _order = "id desc"

    name = fields.Char(compute="_compute_name", store=True)
    session_id = fields.Many2one(
        "stockex.count.session", required=True, index=True, ondelete="cascade"
    )
    session_kind = fields.Selection(related="session_id.kind", string="Kind of count")
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", "Imported by", readonly=True, default=lambda self: self.env.user
    )
    file = fields.Binary(attachment=True, help="An Excel workbook (.xlsx) or a text (.csv).")
    filename = fields.Char()
    checksum = fields.Char(readonly=True, index=True)
    is_repeated = fields.Boolean(
        "Imported before",
        compute="_compute_is_repeated",
        help="The same file was already imported into this session.",
    )
    state = fields.Selection(
        [
            ("draft", "File"),
            ("mapped", "Columns"),
            ("checking", "Checking"),
            ("checked", "Checked"),
            ("importing", "Importing"),
            ("done", "Done"),
            ("cancelled", "Taken back"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
    )
    job_id = fields.Many2one("stockex.job", readonly=True)
    attempt = fields.Integer(readonly=True)
    failure = fields.Text(readonly=True)

    sheet = fields.Char(help="The sheet that is read.")
    sheet_names = fields.Char("Sheets", readonly=True)
    separator = fields.Selection(
        [(";", "Semicolon ;"), (",", "Comma ,"), ("tab", "Tab"), ("|", "Bar |")],
        help="Between the columns of a text file.",
    )
    encoding = fields.Selection([(name, name) for name in ENCODINGS])
    decimal = fields.Selection(
        [(",", "Comma 1,5"), (".", "Point 1.5")],
        "Decimals",
        help="How numbers that are written as text separate their decimals.",
    )
    date_order = fields.Selection(
        [("dmy", "Day, month, year"), ("mdy", "Month, day, year")],
        "Dates",
        default=lambda self: self._default_date_order(),
        required=True,
    )
    file_kind = fields.Selection([("csv", "Text"), ("xlsx", "Excel")], readonly=True)
    header_row = fields.Integer(readonly=True)
    column_ids = fields.One2many("stockex.import.column", "import_id")
    first_rows = fields.Json(readonly=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    double_lines = fields.Selection(
        [("refuse", "Refuse the second"), ("add", "Add them up")],
        "Rows of the same goods",
        default="refuse",
        required=True,
        help="What happens when two rows count the same goods in the same place.",
    )
    create_products = fields.Boolean("Create missing products")
    create_locations = fields.Boolean(
        "Create missing locations", help="Below the stock location of the warehouse."
    )
    create_lots = fields.Boolean("Create missing lots and serial numbers")
    skip_empty = fields.Boolean(
        "Leave out rows without a quantity", help="Otherwise they are refused."
    )
    import_good = fields.Boolean(
        "Import the good rows", help="Refused rows are left out; the others are counted."
    )
    allow_again = fields.Boolean("Import this file again")

    row_ids = fields.One2many("stockex.import.row", "import_id", readonly=True)
    refused_ids = fields.One2many(
        "stockex.import.row", "import_id", domain=[("state", "=", "refused")], readonly=True
    )
    row_count = fields.Integer("Rows read", readonly=True)
    good_count = fields.Integer("Good rows", readonly=True)
    refused_count = fields.Integer("Refused rows", readonly=True)
    skipped_count = fields.Integer("Rows left out", readonly=True)
    imported_count = fields.Integer("Imported rows", readonly=True)
    new_product_count = fields.Integer("Products to create", readonly=True)
    new_location_count = fields.Integer("Locations to create", readonly=True)
    new_lot_count = fields.Integer("Lots to create", readonly=True)
    reasons = fields.Json(readonly=True)
    reason_summary = fields.Html(compute="_compute_reason_summary", sanitize=False)

    # --- Compute ---

    @api.depends("filename", "session_id.name")
    def _compute_name(self):
        for record in self:
            parts = [record.filename or record.env._("File"), record.session_id.name]
            record.name = " → ".join(part for part in parts if part)

    @api.depends("checksum", "session_id", "state")
    def _compute_is_repeated(self):
        others = self.search(
            [
                ("session_id", "in", self.session_id.ids),
                ("checksum", "in", [one for one in self.mapped("checksum") if one]),
                ("state", "in", ("importing", "done")),
            ]
        )
        for record in self:
            twins = others.filtered(
                lambda one, record=record: (
                    one.session_id == record.session_id and one.checksum == record.checksum
                )
            )
            record.is_repeated = bool(twins - record._origin)

    def _default_date_order(self):
        lang = self.env["res.lang"]._lang_get(self.env.user.lang or "en_US")
        pattern = lang.date_format or ""
        return "mdy" if pattern.startswith("%m") else "dmy"

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        plain = self
        if not self.env.su:
            for vals in vals_list:
                self._check_free(vals)
            # Nor may a default say what the flow alone says.
            ours = {f"default_{name}" for name in set(self._fields) - FREE_FIELDS}
            context = {key: value for key, value in self.env.context.items() if key not in ours}
            plain = self.with_env(self.env(context=context))
        records = super(CountImport, plain).create(vals_list)
        for record in records:
            record._check_may_import()
            if record.file:
                record._read_file()
        return records

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_free(vals)
        if "session_id" in vals:
            raise AccessError(self.env._("A file stays with its session: start a new import."))
        self._check_not_busy()
        if set(vals) & READING_FIELDS:
            # What was found out about the file before may be wrong of this one.
            found = ("sheet", "separator", "encoding") if "file" in vals else ()
            vals = {**dict.fromkeys((*found, "decimal"), False), **vals}
        result = super().write(vals)
        if set(vals) & READING_FIELDS:
            for record in self:
                record._read_file()
        elif set(vals) - TICKS:
            self._back_to_mapping()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_imported(self):
        for record in self:
            if record.state in (*BUSY_STATES, "done"):
                raise UserError(
                    self.env._(
                        "“%(record)s” cannot be deleted: it says where counts come from.",
                        record=record.name,
                    )
                )

    # --- Business ---

    def _check_free(self, vals):
        # The web client sends read-only defaults along when it creates a record.
        harmless = {"state": "draft", "user_id": self.env.uid}
        forced = {
            name
            for name in set(vals) - FREE_FIELDS
            if vals[name] and vals[name] != harmless.get(name)
        }
        if forced:
            raise AccessError(
                self.env._(
                    "These fields of an import are set by its buttons only: %(names)s.",
                    names=", ".join(sorted(forced)),
                )
            )

    def _check_not_busy(self):
        for record in self:
            if record.state in (*BUSY_STATES, "done"):
                raise UserError(
                    self.env._(
                        "“%(record)s” is running or done and cannot change. Start a new import.",
                        record=record.name,
                    )
                )

    def _back_to_mapping(self):
        """Forget what was checked: something that it depends on changed."""
        checked = self.filtered(lambda one: one.state in ("checked", "failed", "cancelled"))
        # sudo: the state is the system's; the caller may write the record.
        for record_sudo in checked.sudo():
            record_sudo._forget_rows()
            record_sudo.state = "mapped"
