from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.stockex.exceptions import BarcodeUnknown

from .batch import vals_of
from .sync_push import FAULTS

IDS = ("line", "product", "location", "lot", "package", "owner")


class SyncPushTargeting(models.AbstractModel):
    """Which goods a count of a handheld is of."""

    _inherit = "stockex.sync.push"

    # --- Business ---

    @api.model
    def _targets(self, session, steps):
        """Return `(step, entry)` of those counts whose goods can be told."""
        pairs, cache = [], {}
        for step in steps:
            parsed = step.parsed
            if parsed.line or not (parsed.code or parsed.lot_name):
                pairs.append((step, self._item(step)))
                continue
            self._try_target(session, step, cache, pairs)
        return pairs

    @api.model
    def _try_target(self, session, step, cache, pairs):
        try:
            with self.env.cr.savepoint():
                pairs.append((step, self._named_item(session, step, cache)))
        except BarcodeUnknown:
            self._try(step, lambda: self._keep_code(session, step))
        except (UserError, *FAULTS) as error:
            step.settle(**self._refusal(error), **vals_of(session))

    @api.model
    def _item(self, step):
        """Return an operation as `stockex.count.recorder` takes it."""
        parsed = step.parsed
        ids = {f"{name}_id": getattr(parsed, name) for name in IDS if getattr(parsed, name)}
        parts = [{"uom_id": part.uom, "quantity": part.quantity} for part in parsed.parts or ()]
        return {
            **ids,
            "quantity": 0.0 if parts else parsed.quantity,
            "parts": parts,
            "mode": parsed.mode,
            "uuid": step.uuid,
            "counted_at": step.at,
            "device": step.record.device_id.name,
        }

    @api.model
    def _named_item(self, session, step, cache):
        """Return the entry of a count that names a code or a lot instead of a record."""
        parsed, item = step.parsed, self._item(step)
        # sudo: counters may not read every product and lot; nothing of them is told.
        session_sudo = session.sudo()
        if parsed.code and not parsed.product:
            if parsed.code not in cache:
                scanner_sudo = session_sudo.env["stockex.count.scanner"]
                cache[parsed.code] = scanner_sudo._resolve(session_sudo, parsed.code)
            found = dict(cache[parsed.code])
            item["quantity"] *= found.pop("quantity")
            item |= found
        if parsed.lot_name and not item.get("lot_id"):
            item["lot_id"] = self._lot(session_sudo, item["product_id"], parsed.lot_name, cache)
        return {name: value for name, value in item.items() if value is not False}

    @api.model
    def _lot(self, session_sudo, product_id, name, cache):
        """Return the lot of a name; a new one is made, as printed on the goods."""
        name = name.strip()
        product_sudo = session_sudo.env["product.product"].browse(product_id).exists()
        if not product_sudo or product_sudo.tracking == "none" or not name:
            return False
        if (product_id, name) not in cache:
            locator_sudo = session_sudo.env["stockex.count.locator"]
            locator_sudo._check_product(session_sudo, product_sudo)
            lot = locator_sudo._lot(session_sudo, product_sudo, name, create=True)
            cache[product_id, name] = lot.id
        return cache[product_id, name]
