from odoo import api, models

from ...const import MAX_QUANTITY
from ...pure.counting.quantity import quantity_fault


class ImportMeasuring(models.AbstractModel):
    """Turns a row's quantity into the product's own unit, or says why it cannot be right."""

    _name = "stockex.import.measuring"
    _description = "Quantity Checking"

    # --- Business ---

    @api.model
    def _measure(self, context, values, found, faults, product):
        """Fill in the quantity of a row; called by the resolver for each row."""
        quantity, unit, own = values["quantity"], product["unit"], product["uom"]
        if values.get("uom"):
            unit = self.env["stockex.import.goods"]._unit(context["goods"], values["uom"])
            own = own or unit
            fault = self._unit_fault(values["uom"], unit, own, product)
            if fault:
                faults.append(fault)
                return
        if unit and unit != own:
            quantity = unit._compute_quantity(quantity, own, round=False)
            # Twelfths and the like do not come back exactly.
            quantity = round(quantity, context["digits"] + 6)
        code = quantity_fault(
            quantity,
            tracking=product["tracking"],
            has_lot=bool(values.get("lot")),
            digits=context["digits"],
            limit=MAX_QUANTITY,
        )
        if code:
            more = {"value": _number(quantity), "digits": context["digits"]}
            unit_name = own.name if own else ""
            faults.append({"code": code, "product": product["name"], "unit": unit_name, **more})
        found["quantity"] = quantity
        found["is_serial"] = product["tracking"] == "serial" and quantity > 0

    @api.model
    def _unit_fault(self, text, unit, own, product):
        if not unit:
            return {"code": "unit_unknown", "value": text}
        if unit._has_common_reference(own):
            return None
        names = {"product": product["name"], "unit": own.name}
        return {"code": "unit_wrong", "value": text, **names}


def _number(value):
    return int(value) if value == int(value) else value
