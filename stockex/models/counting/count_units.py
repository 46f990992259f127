import math

from odoo import api, models

from ...exceptions import CountRefused


class CountUnits(models.AbstractModel):
    """Turns counts made in packagings and other units into the product's own unit."""

    _name = "stockex.count.units"
    _description = "Count Units"

    # --- Business ---

    @api.model
    def _convert(self, items, lines):
        """Return the items with their quantity in the unit of their line.

        An item may name its unit (``uom_id``), or its ``parts``: dicts with ``uom_id``
        and ``quantity``, which are added up. What was typed stays with it as ``parts``.

        :raise CountRefused: for a unit that is gone or measures something else.
        """
        ids = {part["uom_id"] for item in items for part in self._parts(item)}
        units = self.env["uom.uom"].browse(ids).exists()
        units.fetch(["name", "factor", "parent_path"])
        known = {unit.id: unit for unit in units}
        found, faults = [], {}
        for item, line in zip(items, lines, strict=True):
            try:
                found.append(self._converted(item, line, known) if self._parts(item) else item)
            except CountRefused as refused:
                faults[item["uuid"]] = str(refused)
        if faults:
            raise CountRefused(next(iter(faults.values())), faults)
        return found

    @api.model
    def _parts(self, item):
        if item.get("parts"):
            return item["parts"]
        if item.get("uom_id"):
            return [{"uom_id": item["uom_id"], "quantity": item["quantity"]}]
        return []

    @api.model
    def _converted(self, item, line, known):
        total = 0.0
        parts = []
        for part in self._parts(item):
            unit = known.get(part["uom_id"])
            self._check_part(part, unit, line)
            # Not rounded: what the unit cannot hold is refused, not cut.
            total += unit._compute_quantity(part["quantity"], line.uom_id, round=False)
            parts.append({"uom_id": unit.id, "unit": unit.name, "quantity": part["quantity"]})
        return {**item, "quantity": total, "parts": parts}

    @api.model
    def _check_part(self, part, unit, line):
        if not unit or not unit._has_common_reference(line.uom_id):
            raise CountRefused(
                self.env._(
                    "“%(line)s” is counted in %(own)s: it cannot be counted in %(unit)s.",
                    line=line.display_name,
                    own=line.uom_id.name,
                    unit=unit.name if unit else part["uom_id"],
                )
            )
        if not math.isfinite(part["quantity"]) or part["quantity"] < 0:
            raise CountRefused(
                self.env._(
                    "“%(line)s”: %(quantity)s × %(unit)s is no count; it is zero or more.",
                    line=line.display_name,
                    quantity=part["quantity"],
                    unit=unit.name,
                )
            )

    @api.model
    def _units_of(self, line):
        """Return the units that a line may be counted in: its own, packagings, the others."""
        own = line.uom_id
        packagings = (
            line.product_id.uom_ids
            | self.env["product.uom"].search([("product_id", "=", line.product_id.id)]).uom_id
        )
        taken = own | packagings
        others = self.env["uom.uom"].search([("id", "not in", taken.ids)])
        return (own | packagings.sorted("factor") | others.sorted("factor")).filtered(
            lambda unit: unit._has_common_reference(own)
        )
