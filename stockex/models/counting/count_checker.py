from datetime import timedelta

from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...const import MAX_QUANTITY
from ...exceptions import CountRefused
from ...pure.counting.quantity import quantity_fault

_lt = LazyTranslate(__name__)

# An entry may be older than its arrival (a handheld without network), never younger;
# this much is forgiven to a device whose clock runs ahead.
CLOCK_SKEW = timedelta(minutes=2)

# The codes of `quantity_fault` and of `_instant_fault`.
FAULTS = {
    "not_a_number": _lt("“%(line)s”: the count is not a number."),
    "negative": _lt("“%(line)s”: %(quantity)s is negative; a count is zero or more."),
    "absurd": _lt(
        "“%(line)s”: %(quantity)s is more than anybody can count. Was a barcode "
        "typed as a quantity?"
    ),
    "too_many_decimals": _lt(
        "“%(line)s”: %(quantity)s has too many decimals for %(unit)s (%(digits)s at most)."
    ),
    "lot_missing": _lt("“%(line)s” is tracked: name the lot or serial number that you counted."),
    "serial_twice": _lt("“%(line)s”: a serial number exists once, %(quantity)s cannot be there."),
    "serial_fraction": _lt("“%(line)s”: a serial number is there or not, %(quantity)s is neither."),
    "in_the_future": _lt("“%(line)s”: counted in the future. Set the clock of the device."),
    "before_start": _lt(
        "“%(line)s”: counted before the session started. Set the clock of the "
        "device, or count again."
    ),
}


class CountChecker(models.AbstractModel):
    """Says why an entry cannot be taken, before and after it meets the others."""

    _name = "stockex.count.checker"
    _description = "Count Checking"

    # --- Business ---

    @api.model
    def _check_items(self, session, items, lines):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        now = self.env["stockex.count.book"]._clock()
        faults = {}
        for item, line in zip(items, lines, strict=True):
            fault = quantity_fault(
                item["quantity"],
                tracking=line.product_id.tracking,
                has_lot=bool(line.lot_id),
                digits=digits,
                limit=MAX_QUANTITY,
            )
            if not fault and item.get("counted_at"):
                fault = self._instant_fault(session, item["counted_at"], now)
            if fault:
                faults[item["uuid"]] = self._fault_text(fault, item, line, digits)
        if faults:
            raise CountRefused("\n".join(list(faults.values())[:20]), faults)

    @api.model
    def _instant_fault(self, session, instant, now):
        if instant > now + CLOCK_SKEW:
            return "in_the_future"
        if session.started_at and instant < session.started_at - CLOCK_SKEW:
            return "before_start"
        return None

    @api.model
    def _fault_text(self, fault, item, line, digits):
        sentence = self.env._(FAULTS[fault])
        return sentence % {
            "line": line.display_name,
            "quantity": item["quantity"],
            "unit": line.uom_id.name,
            "digits": digits,
        }

    @api.model
    def _check_serials(self, session, lines):
        """Refuse a serial number that the session finds in two places."""
        lots = lines.filtered(
            lambda line: line.product_id.tracking == "serial" and line.counted_quantity
        ).lot_id
        if not lots:
            return
        # sudo: the other place may be another counter's.
        lines_sudo = self.env["stockex.count.line"].sudo()
        groups = lines_sudo._read_group(
            [
                ("session_id", "=", session.id),
                ("lot_id", "in", lots.ids),
                ("counted_quantity", ">", 0),
            ],
            ["lot_id"],
            ["id:recordset", "counted_quantity:sum"],
        )
        for lot, places, quantity in groups:
            if quantity > 1:
                raise CountRefused(
                    self.env._(
                        "Serial number “%(serial)s” of “%(product)s” is counted more than "
                        "once: %(places)s. Correct one of them first.",
                        serial=lot.name,
                        product=lot.product_id.display_name,
                        places=", ".join(places.location_id.mapped("complete_name")),
                    )
                )
