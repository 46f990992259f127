from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...notifiers import Credential

UNKNOWN = Credential("", "", required=False)


class NotifyCredential(models.Model):
    """One thing that a service asks for: a key, a token, the number that it sends from.

    Which there are, the adapter says. A secret one is kept by `stockex.secret` and never
    comes back; the others are shown to the suite administrator.
    """

    _name = "stockex.notify.credential"
    _description = "Credential of a Notification Service"
    _order = "service_id, sequence, id"
    _rec_name = "name"

    service_id = fields.Many2one(
        "stockex.notify.service", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, help="As the adapter calls it.")
    sequence = fields.Integer()
    plain = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    value = fields.Char(
        compute="_compute_value",
        readonly=False,
        store=False,
        copy=False,
        help="A secret is never shown again: type a new one to replace it.",
    )
    label = fields.Char("What", compute="_compute_declared")
    help_text = fields.Char("Where to find it", compute="_compute_declared")
    placeholder = fields.Char(compute="_compute_declared")
    is_secret = fields.Boolean("Secret", compute="_compute_declared")
    is_required = fields.Boolean("Required", compute="_compute_declared")
    is_set = fields.Boolean("Set", compute="_compute_is_set")

    _name_once = models.UniqueIndex(
        "(service_id, name)", "The service has this credential already; change its value."
    )

    # --- Compute ---

    @api.depends("service_id.code", "name")
    @api.depends_context("lang")
    def _compute_declared(self):
        for credential in self:
            declared = credential._declared()
            credential.label = declared.label and self.env._(declared.label)
            credential.help_text = declared.help and self.env._(declared.help)
            credential.placeholder = declared.placeholder
            credential.is_secret = declared.secret
            credential.is_required = declared.required

    def _compute_value(self):
        # sudo: whoever may read the credential may see what is no secret.
        for credential_sudo in self.sudo():
            secret = credential_sudo._declared().secret
            credential_sudo.value = False if secret else credential_sudo.plain

    @api.depends("plain")
    def _compute_is_set(self):
        # sudo: that there is a value is no secret.
        set_sudo = self.env["stockex.secret"].sudo()
        set_sudo = set_sudo.search(
            [
                ("res_model", "=", "stockex.notify.service"),
                ("res_id", "in", self.service_id.ids),
                ("ciphertext", "!=", False),
            ]
        )
        known = {(secret.res_id, secret.name) for secret in set_sudo}
        for credential in self:
            # sudo: as above.
            plain = credential.sudo().plain
            key = (credential.service_id._origin.id, credential.name)
            credential.is_set = bool(plain) or key in known

    # --- Constraints ---

    @api.constrains("service_id", "name")
    def _check_declared(self):
        for credential in self:
            if credential._declared() is UNKNOWN:
                raise ValidationError(
                    self.env._(
                        "“%(service)s” knows no credential “%(name)s”. Leave it out.",
                        service=credential.service_id.name,
                        name=credential.name,
                    )
                )

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        # Taken out before the ORM sees it: a value in the cache could be read back.
        values = [vals.get("value") for vals in vals_list]
        credentials = super().create([self._without_value(vals) for vals in vals_list])
        for credential, value in zip(credentials, values, strict=True):
            if value:
                credential._store_value(value)
        return credentials

    def write(self, vals):
        result = super().write(self._without_value(vals))
        if "value" in vals:
            for credential in self:
                # An emptied input leaves a secret as it is: the bin removes it.
                if vals["value"] or not credential._declared().secret:
                    credential._store_value(vals["value"])
        return result

    def unlink(self):
        for credential in self:
            credential.service_id._set_secret(credential.name, False)
        return super().unlink()

    # --- Actions ---

    def action_clear(self):
        """Remove the value."""
        self._store_value(False)
        return True

    # --- Business ---

    @staticmethod
    def _without_value(vals):
        return {name: vals[name] for name in vals if name != "value"}

    def _declared(self):
        """Return the adapter's declaration."""
        self.ensure_one()
        declared = self.service_id._kind().credentials if self.service_id.code else ()
        return next((one for one in declared if one.name == self.name), UNKNOWN)

    def _store_value(self, value):
        """Keep a new value in the place for its kind; an empty one removes it."""
        self.check_access("write")
        value = (value or "").strip()
        for credential in self:
            credential._check_value(value)
            if credential._declared().secret:
                credential.service_id._set_secret(credential.name, value)
            else:
                # sudo: nobody has the column; the right to write is checked above.
                credential_sudo = credential.sudo()
                credential_sudo.plain = value
        self.invalidate_recordset(["value", "is_set"])
        self.service_id._credentials_changed()

    def _check_value(self, value):
        """Refuse what cannot be such a credential; the message never repeats a secret.

        :raise ValidationError:
        """
        declared = self._declared()
        # sudo: whether an address may be unencrypted is the account's setting.
        service_sudo = self.service_id.sudo()
        if not value or declared.accepts(value, plain_http=service_sudo.allow_private):
            return
        raise ValidationError(
            self.env._(
                "This is no “%(label)s” for “%(service)s”. It looks like “%(example)s”.",
                label=self.env._(declared.label),
                service=self.service_id.name,
                example=declared.placeholder or declared.name,
            )
        )
