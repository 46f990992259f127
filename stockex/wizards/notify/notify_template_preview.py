from odoo import api, fields, models


class NotifyTemplatePreview(models.TransientModel):
    """A template filled in with a past event, as one person would read it."""

    _name = "stockex.notify.template.preview"
    _description = "Preview of a Notification Template"

    template_id = fields.Many2one(
        "stockex.notify.template", required=True, readonly=True, ondelete="cascade"
    )
    event_name = fields.Selection(related="template_id.event_name")
    event_id = fields.Many2one(
        "stockex.event",
        "Past event",
        domain="[('name', '=', event_name)]",
        compute="_compute_event_id",
        # What is found is read with the administrator's own rights, so it is looked for with them.
        compute_sudo=False,
        store=True,
        readonly=False,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users",
        "Read by",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Language, formats and time zone are this person's.",
    )
    subject = fields.Char(compute="_compute_texts")
    text = fields.Text(compute="_compute_texts")
    html = fields.Html("E-mail body", compute="_compute_texts")

    # --- Compute ---

    @api.depends("template_id")
    def _compute_event_id(self):
        events = self.env["stockex.event"]
        for preview in self:
            domain = [("name", "=", preview.template_id.event_name)]
            preview.event_id = events.search(domain, order="id desc", limit=1)

    @api.depends("template_id", "event_id", "user_id")
    def _compute_texts(self):
        for preview in self:
            if not preview.event_id or not preview.user_id:
                preview.subject = preview.text = preview.html = False
                continue
            # The event is read with the administrator's own rights.
            preview.event_id.check_access("read")
            # sudo: its record may be of a model that the administrator cannot read.
            template_sudo = preview.template_id.sudo()
            event_sudo = template_sudo.env["stockex.event"].browse(preview.event_id.id)
            user_sudo = template_sudo.env["res.users"].browse(preview.user_id.id)
            texts = template_sudo._fill(event_sudo, user_sudo)
            preview.subject, preview.text, preview.html = texts
