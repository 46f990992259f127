from odoo import fields, models
from odoo.tools import SQL

COLUMNS = {
    "time": "timestamp NOT NULL",
    "method": "varchar NOT NULL",
    "path": "varchar NOT NULL",
    "query": "varchar",
    "status": "int4 NOT NULL",
    "status_class": "varchar NOT NULL",
    "code": "varchar",
    "duration_ms": "float8",
    "request_size": "int4",
    "response_size": "int4",
    "remote_addr": "varchar",
    "request_id": "varchar",
    "subject": "varchar",
    "label": "varchar",
    "key_id": "int4",
    "client_id": "int4",
    "user_id": "int4",
    "company_id": "int4",
    "request_body": "text",
    "response_body": "text",
}
# Columns that name a record, and its table.
NAMED = {
    "key_id": "stockex_api_key",
    "client_id": "stockex_api_client",
    "user_id": "res_users",
    "company_id": "res_company",
}


class ApiRequest(models.Model):
    """One answered request of the API: who, what, how long; written beside its transaction.

    The table is ours to make: a row is written by a connection of its own, for a key or a
    user that this connection may not see yet or no more, so it has no foreign keys. Whoever
    reads it finds nothing in place of what was deleted since.
    """

    _name = "stockex.api.request"
    _description = "API Request"
    _order = "id desc"
    _rec_name = "request_id"
    _auto = False
    _log_access = False

    time = fields.Datetime(readonly=True)
    method = fields.Char(readonly=True)
    path = fields.Char(readonly=True)
    query = fields.Char(readonly=True, help="Secrets are masked.")
    status = fields.Integer(readonly=True, aggregator=None)
    status_class = fields.Selection(
        [
            ("2xx", "Done"),
            ("3xx", "Elsewhere or unchanged"),
            ("4xx", "Refused"),
            ("5xx", "Failed"),
        ],
        "Outcome",
        readonly=True,
    )
    code = fields.Char("Error", readonly=True)
    duration_ms = fields.Float("Duration (ms)", readonly=True, aggregator="avg", digits=(9, 1))
    request_size = fields.Integer("Received (bytes)", readonly=True)
    response_size = fields.Integer("Sent (bytes)", readonly=True)
    remote_addr = fields.Char("Address", readonly=True)
    request_id = fields.Char("Request number", readonly=True)
    subject = fields.Char("Counted by", readonly=True)
    label = fields.Char("Key or application", readonly=True)
    key_id = fields.Many2one("stockex.api.key", readonly=True)
    client_id = fields.Many2one("stockex.api.client", "Application", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    request_body = fields.Text("What was received", readonly=True, help="Secrets are masked.")
    response_body = fields.Text("What was sent", readonly=True, help="Secrets are masked.")

    @property
    def _table_query(self):
        plain = [name for name in ("id", *COLUMNS) if name not in NAMED]
        columns = [SQL("line.%s", SQL.identifier(name)) for name in plain]
        joins = []
        for name, table in NAMED.items():
            alias = SQL.identifier(name.removesuffix("_id"))
            column = SQL.identifier(name)
            columns.append(SQL("%s.id AS %s", alias, column))
            joins.append(
                SQL(
                    "LEFT JOIN %s AS %s ON %s.id = line.%s",
                    SQL.identifier(table),
                    alias,
                    alias,
                    column,
                )
            )
        return SQL(
            "SELECT %s FROM stockex_api_request AS line %s",
            SQL(", ").join(columns),
            SQL(" ").join(joins),
        )

    def init(self):
        table = SQL.identifier(self._table)
        columns = [SQL("%s %s", SQL.identifier(name), SQL(kind)) for name, kind in COLUMNS.items()]
        self.env.cr.execute(
            SQL(
                "CREATE TABLE IF NOT EXISTS %s (id bigserial PRIMARY KEY, %s)",
                table,
                SQL(", ").join(columns),
            )
        )
        for name in ("time", "user_id", "key_id"):
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS %s ON %s (%s)",
                    SQL.identifier(f"{self._table}_{name}_index"),
                    table,
                    SQL.identifier(name),
                )
            )
