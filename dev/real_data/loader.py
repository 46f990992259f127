"""Write the shop's company, products and opening stock."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dev.demo.bulk import Done, Part, tidy, write_done
from dev.demo.clock import frozen
from dev.demo.story import QUIET

from . import FOLDER
from .ledger import Item, read_items

COMPANY = "Online Retail"
OPENED = datetime(2009, 12, 1, 6)
COST_SHARE = 0.5
_BATCH = 1000


@dataclass
class Shop:
    """What was loaded; `products` maps stock codes to ids."""

    company: object
    warehouse: object
    items: list[Item]
    products: dict[str, int]


def load(env, folder: Path | str = FOLDER) -> Shop:
    """Make the company with its products and one warehouse, opened by done moves.

    The caller commits.
    """
    began = time.monotonic()
    env = env(su=True, context={**env.context, **QUIET})
    items = read_items(Path(folder))
    company = _create_company(env)
    env = env(context={**env.context, "allowed_company_ids": [company.id]})
    warehouse = env["stock.warehouse"].create(
        {"name": COMPANY, "code": "SHOP", "company_id": company.id}
    )
    with frozen(OPENED):
        products = _create_products(env, items)
        _open_stock(env, warehouse, items, products)
    stocked = sum(1 for item in items if item.opening)
    print(f"{len(items)} products, {stocked} with stock, {sum(i.opening for i in items)} units: "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return Shop(company.with_env(env), warehouse, items, products)


def _create_company(env):
    pounds = env["res.currency"].with_context(active_test=False).search([("name", "=", "GBP")])
    pounds.active = True
    company = env["res.company"].create(
        {
            "name": COMPANY,
            "currency_id": pounds.id,
            "country_id": env.ref("base.uk").id,
            "iap_enrich_auto_done": True,
        }
    )
    env.user.company_ids |= company
    return company


def _create_products(env, items: list[Item]) -> dict[str, int]:
    """Create the products in batches; return their ids by stock code."""
    category = env["product.category"].create({"name": COMPANY})
    category.property_cost_method = "standard"
    products = {}
    for first in range(0, len(items), _BATCH):
        batch = items[first : first + _BATCH]
        records = env["product.product"].create(
            [
                {"name": item.description, "default_code": item.code, "categ_id": category.id,
                 "type": "consu", "is_storable": True, "list_price": item.price,
                 "standard_price": round(item.price * COST_SHARE, 2),
                 "company_id": env.company.id, "taxes_id": False, "supplier_taxes_id": False}
                for item in batch
            ]
        )  # fmt: skip
        products.update((item.code, record.id) for item, record in zip(batch, records, strict=True))
        env.flush_all()
        env.invalidate_all()
    return products


def _open_stock(env, warehouse, items: list[Item], products: dict[str, int]) -> None:
    """Put the opening stock into the warehouse from the suppliers' location."""
    source = env.ref("stock.stock_location_suppliers").id
    target = warehouse.lot_stock_id.id
    moves = [
        Done(OPENED, products[item.code], source, target, "Opening stock", "in",
             (Part(float(item.opening), source, target),))
        for item in items
        if item.opening
    ]  # fmt: skip
    write_done(env, moves)
    tidy(env)
