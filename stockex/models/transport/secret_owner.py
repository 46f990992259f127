from odoo import api, models
from odoo.exceptions import UserError


class SecretOwner(models.AbstractModel):
    """A record with secrets of its own: written on its form, never read back."""

    _name = "stockex.secret.owner"
    _description = "Owner of Secrets"

    # Fields that are written and never read back; each has a secret of its name. They are
    # declared with compute="_compute_write_only", readonly=False, store=False, copy=False.
    _write_only = ()

    # --- Compute ---

    def _compute_write_only(self):
        """Show nothing."""
        for name in self._write_only:
            self[name] = False

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        # Taken out before the ORM sees them: a value in the cache could be read back.
        split = [self._split_secrets(vals) for vals in vals_list]
        owners = super().create([vals for vals, _secrets in split])
        for owner, (_vals, secrets) in zip(owners, split, strict=True):
            for name, value in secrets.items():
                owner._set_secret(name, value)
        return owners

    def write(self, vals):
        vals, secrets = self._split_secrets(vals)
        result = super().write(vals)
        for owner in self:
            for name, value in secrets.items():
                owner._set_secret(name, value)
        if "company_id" in vals:
            self._secrets_sudo().search(self._secret_domain()).write(
                {"company_id": vals["company_id"]}
            )
        return result

    def unlink(self):
        secrets_sudo = self._secrets_sudo().search(self._secret_domain())
        result = super().unlink()
        secrets_sudo.unlink()
        return result

    # --- Business ---

    def _secret(self, name):
        """Return a secret in clear, for a request that is about to be sent.

        :raise UserError: if it is not set.
        """
        self.ensure_one()
        secret_sudo = self._secrets_sudo().search([*self._secret_domain(), ("name", "=", name)])
        if not secret_sudo:
            raise UserError(
                self.env._(
                    "“%(owner)s” lacks its secret “%(secret)s”. Enter it.",
                    owner=self.display_name,
                    secret=name,
                )
            )
        return secret_sudo._reveal()

    def _has_secret(self, name):
        self.ensure_one()
        secret_sudo = self._secrets_sudo().search([*self._secret_domain(), ("name", "=", name)])
        return secret_sudo.is_set

    def _set_secret(self, name, value):
        """Store a secret of the record; an empty value removes it."""
        self.ensure_one()
        self.check_access("write")
        secret_sudo = self._secrets_sudo().search([*self._secret_domain(), ("name", "=", name)])
        if secret_sudo and value:
            secret_sudo.value = value
        elif secret_sudo:
            secret_sudo.unlink()
        elif value:
            secret_sudo.create(
                {
                    "name": name,
                    "value": value,
                    "company_id": self.company_id.id,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )

    def _secret_values(self):
        """Return all secrets of the record in clear, to hide them in what is shown."""
        secrets_sudo = self._secrets_sudo().search(self._secret_domain())
        return [secret._reveal() for secret in secrets_sudo if secret.is_set]

    def _secrets_sudo(self):
        # sudo: a record uses its secrets whoever triggers the call; nothing shows them.
        return self.env["stockex.secret"].sudo()

    def _secret_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _split_secrets(self, vals):
        """Return the values without the write-only ones, and those; an empty one is no change."""
        secrets = {name: vals[name] for name in self._write_only if vals.get(name)}
        return {name: vals[name] for name in vals if name not in self._write_only}, secrets
