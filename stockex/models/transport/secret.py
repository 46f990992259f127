import secrets

from cryptography.fernet import InvalidToken

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, config

from .key_ring import KeyFault, key_ring


class Secret(models.Model):
    """A password, token or key: written by people, read only by the server's own code.

    The value is encrypted before it reaches the database and never comes back through a
    field. The key is outside the database (see `key_ring`): a stolen dump opens nothing.
    """

    _name = "stockex.secret"
    _description = "Secret"
    _order = "name, id"

    name = fields.Char(required=True, help="What it opens.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    res_model = fields.Char("Owner model")
    res_id = fields.Many2oneReference("Owner", model_field="res_model")
    value = fields.Char(
        compute="_compute_value",
        readonly=False,
        store=False,
        copy=False,
        help="Type a new one to replace it; what is stored is never shown.",
    )
    is_set = fields.Boolean("Set", compute="_compute_is_set", compute_sudo=True)
    ciphertext = fields.Char(readonly=True, copy=False, prefetch=False, groups=fields.NO_ACCESS)

    _owner_name = models.UniqueIndex(
        "(company_id, name, COALESCE(res_model, ''), COALESCE(res_id, 0))",
        "This secret exists already; change its value instead.",
    )

    # --- Compute ---

    def _compute_value(self):
        self.value = False

    @api.depends("ciphertext")
    def _compute_is_set(self):
        for secret in self:
            secret.is_set = bool(secret.ciphertext)

    # --- Create, write ---

    @api.model_create_multi
    def create(self, vals_list):
        # Taken out before the ORM sees it: a value in the cache could be read back.
        values = [vals.get("value") for vals in vals_list]
        secrets_ = super().create([self._without_value(vals) for vals in vals_list])
        for secret, value in zip(secrets_, values, strict=True):
            if value:
                secret._store_value(value)
        return secrets_

    def write(self, vals):
        result = super().write(self._without_value(vals))
        if "value" in vals:
            self._store_value(vals["value"])
        return result

    # --- Business ---

    @staticmethod
    def _without_value(vals):
        return {name: vals[name] for name in vals if name != "value"}

    def _store_value(self, value):
        self.check_access("write")
        cipher = self._keys().encrypt(value.encode()).decode() if value else False
        # sudo: nobody has the column; the right to write the secret is checked above.
        self_sudo = self.sudo()
        self_sudo.write({"ciphertext": cipher})

    def _reveal(self):
        """Return the value in clear, for code that is about to use it; never log it.

        :raise UserError: if it is not set, or encrypted with a key that is not here.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: nobody has the column; the right to the secret is checked above.
        cipher = self.sudo().ciphertext
        if not cipher:
            raise UserError(
                self.env._("The secret “%(secret)s” is not set. Enter it.", secret=self.name)
            )
        try:
            return self._keys().decrypt(cipher).decode()
        except InvalidToken as error:
            raise UserError(
                self.env._(
                    "The secret “%(secret)s” was encrypted with another key. Add that key "
                    "to STOCKEX_SECRET_KEY after the present one, or enter the secret again.",
                    secret=self.name,
                )
            ) from error

    @api.model
    def _ensure(self, name, company, make=lambda: secrets.token_urlsafe(32)):
        """Return a company's own secret in clear, made at random when first needed.

        :param make: returns a new one.

        Two transactions that need it at once: the second is replayed by Odoo.
        """
        # sudo: the server's own secret, needed by users who may not see any.
        secrets_sudo = self.sudo()
        domain = [("name", "=", name), ("company_id", "=", company.id), ("res_model", "=", False)]
        secret_sudo = secrets_sudo.search(domain)
        if not secret_sudo:
            self.env.execute_query(
                SQL(
                    """INSERT INTO stockex_secret (name, company_id, create_date, write_date)
                       VALUES (%s, %s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
                       ON CONFLICT DO NOTHING RETURNING id""",
                    name,
                    company.id,
                )
            )
            secret_sudo = secrets_sudo.search(domain)
        if not secret_sudo.is_set:
            secret_sudo.value = make()
        return secret_sudo._reveal()

    @api.model
    def _rotate(self):
        """Encrypt every secret with the first key; the others can then be removed."""
        ring = self._keys()
        # sudo: the whole table, from the server's shell.
        for secret_sudo in self.sudo().search([("ciphertext", "!=", False)]):
            try:
                cipher = ring.rotate(secret_sudo.ciphertext).decode()
            except InvalidToken:
                secret_sudo._reveal()  # says which one, and the way out
                raise
            secret_sudo.ciphertext = cipher

    @api.model
    def _keys(self):
        try:
            return key_ring(config["data_dir"])
        except KeyFault as fault:
            raise UserError(self._key_message(fault)) from fault

    def _key_message(self, fault):
        place = fault.place
        return {
            "malformed": self.env._(
                "%(place)s holds no usable key. A key is 32 bytes in URL-safe base64; "
                "separate several with commas.",
                place=place,
            ),
            "readable": self.env._(
                "Others can read the key file %(place)s. Set its mode to 0600, and change "
                "the secrets if somebody may have read it.",
                place=place,
            ),
            "unreadable": self.env._(
                "The key file %(place)s cannot be read. Give it to the user that Odoo runs as.",
                place=place,
            ),
            "not_creatable": self.env._(
                "The key file %(place)s cannot be made. Set STOCKEX_SECRET_KEY instead.",
                place=place,
            ),
        }[fault.code]
