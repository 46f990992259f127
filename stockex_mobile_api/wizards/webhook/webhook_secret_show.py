from odoo import api, fields, models


class WebhookSecretShow(models.AbstractModel):
    """A secret, shown once: it is in no table in clear, only in the answer to the browser."""

    _name = "stockex.webhook.secret.show"
    _description = "Show the Secret of a Webhook"

    # The web client asks for it when it opens a form.
    id = fields.Id()
    secret = fields.Char(readonly=True)
    old_until = fields.Datetime(readonly=True)
    old_lost = fields.Boolean(readonly=True)

    @api.model
    def _open(self, endpoint, text, lost=False):
        """Return the dialog that shows a secret for the one time.

        :param lost: the one before it could not be read any more.
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The secret of “%(endpoint)s”", endpoint=endpoint.name),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_secret": text,
                "default_old_until": endpoint.old_secret_until
                and fields.Datetime.to_string(endpoint.old_secret_until),
                "default_old_lost": lost,
                "dialog_size": "medium",
            },
        }
