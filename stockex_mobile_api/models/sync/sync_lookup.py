from odoo import api, models

from ...exceptions import HandheldRefused
from ...pure.sync.lookup import LookupInvalid, read_question

MODELS = {
    "product": "product.product",
    "lot": "stock.lot",
    "location": "stock.location",
    "package": "stock.package",
}
# How many matches are offered to choose from.
MOST_MATCHES = 20


class SyncLookup(models.AbstractModel):
    """Says what something scanned is, and to those who may know it, how much there is.

    A blind counter learns what a thing is and nothing else: no part of the answer depends
    on stock, moves or prices.
    """

    _name = "stockex.sync.lookup"
    _description = "Handheld Look-up"

    # --- Business ---

    @api.model
    def _serve(self, sent):
        """Answer a registered handheld.

        :param sent: the arguments of the call: ``code`` (with ``typed`` and ``gs1``), or the
            id of a ``product``, ``lot``, ``location`` or ``package``.
        :return: ``status`` (one, several, unknown), ``card`` of the one, ``matches`` to
            choose from and how many ``more`` there are, ``blind``, ``at``.
        :raise HandheldRefused: if the handheld is unknown or shut out, or asks nonsense.
        """
        self.env["stockex.sync.device"]._known(sent)
        try:
            question = read_question(sent)
        except LookupInvalid as error:
            raise HandheldRefused(
                self.env._("This cannot be looked up (%(error)s).", error=error), "invalid"
            ) from error
        matches, more = self._matches(question)
        return {
            "status": self._status(matches),
            "card": self._card(matches[0]) if len(matches) == 1 else None,
            "matches": [self._match_row(match) for match in matches] if len(matches) > 1 else [],
            "more": more,
            "blind": not self._sees_figures(),
            "at": self._written(self.env["stockex.count.book"]._clock()),
        }

    @api.model
    def _status(self, matches):
        return ("unknown", "one")[len(matches)] if len(matches) < 2 else "several"

    @api.model
    def _sees_figures(self):
        """Tell whether the user may learn of quantities at all; blind counters may not."""
        return self.env["stock.quant"]._may_be_seen()

    @api.model
    def _card(self, match):
        """Return all that the user may know of a thing."""
        kind, record_sudo = match["kind"], match["record"]
        card = {"kind": kind, "id": record_sudo.id}
        card |= getattr(self, f"_{kind}_identity")(record_sudo)
        if match.get("pack"):
            card["pack"] = match["pack"]
        if self._sees_figures():
            card |= getattr(self, f"_{kind}_figures")(record_sudo.sudo(False))
        return card

    # --- What is meant ---

    @api.model
    def _matches(self, question):
        """Return `(matches, how many more there are)`; records come as superuser.

        What another company has is not found, exactly like what nobody knows.
        """
        if question.record:
            kind, record_id = question.record
            found = self._everything()._readable(
                MODELS[kind], [("id", "=", record_id)], self.env.companies
            )
            return self._own([{"kind": kind, "record": one} for one in found]), 0
        code = question.code.strip()
        matches = self._scanned(self._reader(), code, question.gs1) or self._scanned(
            self._everything(), code, question.gs1
        )
        if matches or not question.typed:
            return matches[:MOST_MATCHES], max(len(matches) - MOST_MATCHES, 0)
        return self._named(code)

    @api.model
    def _reader(self):
        """Return the reading of barcodes with the rights of the user's role.

        Counters may not open lots; what a label in their hand stands for they may know.
        """
        barcodes = self.env["stockex.barcode"]
        if not self.env.user.has_group("stockex.group_counter"):
            return barcodes
        # sudo: identity only; `_readable` and `_own` keep it to the user's companies.
        return barcodes.sudo()

    @api.model
    def _everything(self):
        """Return the same for what was taken out of use, too."""
        return self._reader().with_context(active_test=False)

    @api.model
    def _own(self, matches):
        """Keep what belongs to the user's companies or to all, each once; as superuser."""
        found = {}
        for match in matches:
            # sudo: names and codes of what the user's role was just let find.
            record_sudo = match["record"].sudo()
            owner = record_sudo.product_id if match["kind"] == "lot" else record_sudo
            if not owner.company_id or owner.company_id in self.env.companies:
                key = (match["kind"], record_sudo.id)
                found.setdefault(key, {**match, "record": record_sudo})
        return list(found.values())

    # --- Shapes ---

    @api.model
    def _match_row(self, match):
        record_sudo = match["record"]
        detail = {
            "product": lambda: record_sudo.default_code,
            "lot": lambda: self._name_of(record_sudo.product_id),
        }.get(match["kind"], lambda: None)()
        return {
            "kind": match["kind"],
            "id": record_sudo.id,
            "name": self._name_of(record_sudo),
            "detail": detail or None,
        }

    @api.model
    def _name_of(self, record):
        """Return the name by which people know a record, without what stands beside it."""
        if record._name == "stock.lot":
            # Odoo adds when it expires to the display name.
            return record.name
        # A product's reference has a line of its own.
        return record.with_context(display_default_code=False).display_name

    @api.model
    def _link(self, record):
        return {"id": record.id, "name": self._name_of(record)} if record else None

    @api.model
    def _written(self, moment):
        return moment.isoformat(timespec="seconds") + "Z" if moment else None
