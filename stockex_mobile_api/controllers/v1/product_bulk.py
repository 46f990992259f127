from itertools import groupby

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ...pure.v1 import products as shapes
from .errors import ApiError, as_api_error
from .products import MODEL, TAG, WRITTEN, check_barcode
from .resource import Resource, link_faults, parts_of, vals_of
from .routing import api


class ProductBulk(Resource, http.Controller):
    @api(
        *("POST", "/products/bulk"),
        summary="Create and change many products",
        description="Up to 200; each is taken or refused by itself, in their order. An item "
        "with an `id` changes that product, one without makes a new one.",
        tag=TAG,
        scope="products:write",
        body=shapes.ProductBatch,
        response=shapes.ProductResults,
    )
    def save_products(self, body):
        model = request.env[MODEL]
        # Who may not write products at all is told once.
        for operation, wanted in (("create", False), ("write", True)):
            if any(bool(item.id) is wanted for item in body.items):
                model.check_access(operation)
        items = [(item.id, _vals(item)) for item in body.items]
        results = self._faulty(model, items)
        ready = [(n, *item) for n, item in enumerate(items) if n not in results]
        results |= self._save(model, ready)
        found = [results[number] for number in range(len(items))]
        counts = {
            status: sum(result["status"] == status for result in found)
            for status in ("created", "updated", "refused")
        }
        return {"results": found, **counts}

    def _faulty(self, model, items):
        """Return the results of the items that cannot be tried at all."""
        ids = [product_id for product_id, _vals in items if product_id]
        known = set(model.browse(ids).exists()._filtered_access("read").ids)
        links = link_faults(model, [vals for _id, vals in items], WRITTEN, "item")
        found = {}
        for number, ((product_id, vals), faults) in enumerate(zip(items, links, strict=True)):
            if product_id and product_id not in known:
                found[number] = _refused("not_found", request.env._("There is no such product."))
                continue
            if not product_id and "name" not in vals:
                faults.append(_fault("name", "a new product needs a name", "missing"))
            if product_id and "company_id" in vals:
                faults.append(_fault("company_id", "stays as it is", "extra_forbidden"))
            if faults:
                detail = request.env._("Some values cannot be taken.")
                found[number] = {**_refused("invalid", detail), "errors": faults}
        return found

    def _save(self, model, numbered):
        """Save all at once if all can be; else find the ones that cannot, part by part.

        :param numbered: `(number, id or None, values)`.
        :return: {number: result}.
        """
        if not numbered:
            return {}
        try:
            with request.env.cr.savepoint():
                return self._save_all(model, numbered)
        except (UserError, AccessError, ApiError) as error:
            if len(numbered) == 1:
                told = as_api_error(error)
                return {numbered[0][0]: _refused(told.problem_code, told.description)}
        found = {}
        for part in parts_of(numbered):
            found |= self._save(model, part)
        return found

    def _save_all(self, model, numbered):
        if len(numbered) == 1:
            # Odoo's own message does not say which product has the barcode.
            [(_number, product_id, vals)] = numbered
            check_barcode(model.browse(product_id or []), vals)
        found = {}
        # Runs of neighbours, which Odoo's own groupby does not know: an item may rely on what
        # one before it did, and on no later one.
        # pylint: disable-next=bad-builtin-groupby
        for is_new, run in groupby(numbered, lambda one: one[1] is None):
            group = list(run)
            if is_new:
                products = model.create([vals for _number, _id, vals in group])
                ids = products.ids
            else:
                ids = [product_id for _number, product_id, _vals in group]
                for _number, product_id, vals in group:
                    model.browse(product_id).with_prefetch(ids).write(vals)
            status = "created" if is_new else "updated"
            for (number, *_rest), product_id in zip(group, ids, strict=True):
                found[number] = {"status": status, "id": product_id}
        return found


def _vals(item):
    vals = vals_of(item, WRITTEN)
    vals.pop("id", None)
    return vals


def _fault(name, message, code):
    return {"where": f"item.{name}", "message": message, "code": code}


def _refused(code, detail):
    return {"status": "refused", "code": code, "detail": detail}
