from odoo import api, fields, models

from ...pure.auth import scopes


class ApiScope(models.Model):
    """What a key or an application may do, as people tick it; made from the registry."""

    _name = "stockex.api.scope"
    _description = "API Permission"
    _order = "sequence, id"
    _rec_names_search = ["name", "description"]

    name = fields.Char(required=True, readonly=True, help="As programs ask for it.")
    description = fields.Char(required=True, readonly=True, translate=True)
    sequence = fields.Integer(readonly=True)

    _name_unique = models.UniqueIndex("(name)", "There is one record a permission.")

    # --- Compute ---

    @api.depends("name", "description")
    def _compute_display_name(self):
        for scope in self:
            scope.display_name = f"{scope.description} ({scope.name})"

    # --- Business ---

    @api.model
    def _synchronise(self):
        """Bring the records in line with the registry; called at each update.

        With an XML id each, so that their descriptions are translated like any other text.
        """
        wanted = scopes.descriptions()
        self._load_records(
            [
                {
                    "xml_id": f"stockex_mobile_api.api_scope_{name.replace(':', '_')}",
                    "values": {"name": name, "description": text, "sequence": number},
                }
                for number, (name, text) in enumerate(wanted.items())
            ],
            update=True,
        )
        self.search([("name", "not in", list(wanted))]).unlink()
