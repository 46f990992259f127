from urllib.parse import urlencode

from odoo import api, models

# Keys of payloads that tell what the book says.
BOOK_KEYS = frozenset({"difference", "value", "quantity", "minimum", "book_quantity"})
PEOPLE = {
    "stockex.count.session": {"responsible": "user_id", "workers": "counter_ids"},
    "stockex.count.line": {
        "responsible": "session_id.user_id",
        "workers": "session_id.counter_ids",
        "open": "session_id",
    },
    "stockex.job": {"responsible": "user_id"},
    "product.product": {"responsible": "responsible_id"},
    "product.template": {"responsible": "responsible_id"},
    "stock.lot": {"responsible": "product_id.responsible_id"},
    "stock.warehouse.orderpoint": {"responsible": "product_id.responsible_id"},
}


class NotifyPeople(models.AbstractModel):
    """Who has to do with a record, and who stands in for whom."""

    _name = "stockex.notify.people"
    _description = "People of Records"

    # --- Business ---

    @api.model
    def _paths(self):
        """Return {model: {"responsible", "workers", "open": field path}}.

        Meant to be extended by an addon whose records raise events; `open` leads to the
        record that a link opens, if that is another one.
        """
        return PEOPLE

    @api.model
    def _responsible(self, records):
        """Return {record id: who is responsible for it}."""
        return self._along("responsible", records)

    @api.model
    def _workers(self, records):
        """Return {record id: who works on it}, such as the counters of a count."""
        return self._along("workers", records)

    @api.model
    def _doers(self, records):
        """Return {record id: who did the work}; they do not judge it."""
        found = dict.fromkeys(records.ids, self.env["res.users"])
        sessions = self._sessions_of(records)
        if not sessions:
            return found
        # sudo: only who counted is read, to leave them out.
        entries_sudo = self.env["stockex.count.entry"].sudo()
        groups = entries_sudo._read_group(
            [("session_id", "in", list(set(sessions.values()))), ("voids", "=", False)],
            ["session_id"],
            ["user_id:recordset"],
        )
        counted = {session.id: users for session, users in groups}
        return found | {
            record_id: counted.get(session_id, self.env["res.users"])
            for record_id, session_id in sessions.items()
        }

    @api.model
    def _approvers(self, records):
        """Return {record id: who may approve it}, without who counted where that is barred."""
        doers = self._doers(records)
        approvers = {
            company: self._of_roles(self.env.ref("stockex.group_approver"), company)
            for company in records.company_id
        }
        none = self.env["res.users"]
        return {
            record.id: approvers[record.company_id]
            - (doers[record.id] if record.company_id.stockex_approver_not_counter else none)
            for record in records
        }

    @api.model
    def _of_roles(self, groups, company):
        """Return who holds one of some roles in a company.

        A role that others include counts for those only if nobody holds it by itself:
        the suite administrator holds every role and would hear of everything.
        """
        found = self.env["res.users"]
        # sudo: the members of a role, not what they may see.
        for group_sudo in groups.sudo():
            own_sudo = self._able(group_sudo.user_ids, company)
            found |= own_sudo or self._able(group_sudo.all_user_ids, company)
        return found

    @api.model
    def _able(self, users, company):
        """Keep the active internal users who work in a company."""
        return users.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )

    @api.model
    def _managers(self, users):
        return users.stockex_manager_id.filtered("active")

    @api.model
    def _keep_blind(self, users, payload_keys):
        """Leave out who must not learn the book quantity, if a payload tells it."""
        if not BOOK_KEYS & set(payload_keys):
            return users
        # sudo: only the roles are read.
        users_sudo = users.sudo()
        return users_sudo.filtered(
            lambda user: (
                not user.has_group("stockex.group_counter")
                or user.has_group("stock.group_stock_user")
                or user.has_group("account.group_account_invoice")
            )
        ).with_env(users.env)

    @api.model
    def _stand_in(self, users, moment):
        """Replace who is away at a moment by their substitutes, theirs by their own.

        Nobody else is put in when the substitutes are away too, or name one another.
        """
        found = self.env["res.users"]
        for user in users:
            seen, present = self.env["res.users"], user
            while present and present not in seen and self._is_away(present, moment):
                seen |= present
                present = present.stockex_substitute_id.filtered("active")
            found |= user if not present or present in seen else present
        return found

    @api.model
    def _is_away(self, user, moment):
        start, end = user.out_of_office_from, user.out_of_office_to
        return bool(start and start <= moment and (not end or moment <= end))

    def _along(self, role, records):
        """Return {record id: users at the end of a path}."""
        path = self._paths().get(records._name, {}).get(role)
        return {
            record.id: record.mapped(path).filtered("active") if path else self.env["res.users"]
            for record in records
        }

    @api.model
    def _link(self, record):
        """Return the address that opens a record in its company, after a log-in if need be."""
        if not record:
            return ""
        path = self._paths().get(record._name, {}).get("open")
        opened = record.mapped(path)[:1] or record if path else record
        query = urlencode({"model": opened._name, "res_id": opened.id})
        return f"{opened.get_base_url()}/mail/view?{query}"

    def _sessions_of(self, records):
        """Return {record id: id of its count session}."""
        if records._name == "stockex.count.session":
            return {record.id: record.id for record in records}
        if records._name == "stockex.count.line":
            return {record.id: record.session_id.id for record in records}
        return {}
