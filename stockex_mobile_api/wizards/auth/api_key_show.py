from odoo import api, fields, models


class ApiKeyShow(models.AbstractModel):
    """A key or a secret, shown once: it is in no table, only in the answer to the browser."""

    _name = "stockex.api.key.show"
    _description = "Show an API Key"

    # The web client asks for it when it opens a form.
    id = fields.Id()
    key = fields.Char(readonly=True)

    @api.model
    def _open(self, text, title):
        """Return the dialog that shows a text for the one time."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": text, "dialog_size": "medium"},
        }
