"""Three warehouses with aisles, racks and bins, each with a barcode."""

from __future__ import annotations

from ..pure.places import WAREHOUSES, Warehouse, bin_code
from ..story import Story

# What a user of Odoo would tick in the settings: locations, lots, packages, owners, units.
FEATURES = (
    "stock.group_stock_multi_locations",
    "stock.group_stock_multi_warehouses",
    "stock.group_production_lot",
    "stock.group_tracking_lot",
    "stock.group_tracking_owner",
    "uom.group_uom",
    "base.group_multi_currency",
)


def run(story: Story) -> None:
    """Switch the features on, then build the three warehouses."""
    internal = story.env.ref("base.group_user")
    for feature in FEATURES:
        internal._apply_group(story.env.ref(feature))
    for warehouse in WAREHOUSES:
        _create_warehouse(story, warehouse)
        _create_bins(story, warehouse)


def _create_warehouse(story: Story, warehouse: Warehouse) -> None:
    """Take the warehouse that came with the company, or create a second one."""
    company = story.companies[warehouse.company]
    env = story.in_company(warehouse.company)
    address = env["res.partner"].create(
        {
            "name": f"{company.name}, {warehouse.name}",
            "parent_id": company.partner_id.id,
            "type": "delivery",
            "street": warehouse.street,
            "zip": warehouse.zip_code,
            "city": warehouse.city,
            "country_id": company.country_id.id,
        }
    )
    vals = {"name": warehouse.name, "code": warehouse.code, "partner_id": address.id}
    taken = [record.id for record in story.warehouses.values()]
    record = env["stock.warehouse"].search(
        [("company_id", "=", company.id), ("id", "not in", taken)], limit=1
    )
    if record:
        record.write(vals)
    else:
        record = env["stock.warehouse"].create({**vals, "company_id": company.id})
    story.warehouses[warehouse.code] = record.with_env(story.env)


def _create_bins(story: Story, warehouse: Warehouse) -> None:
    """Create aisles, then racks, then bins: three calls for a few hundred locations."""
    env = story.in_company(warehouse.company)
    stock = story.warehouses[warehouse.code].lot_stock_id

    def create(rows):
        return env["stock.location"].create(
            [
                {"name": code.rsplit("-", 1)[1], "barcode": code, "location_id": parent,
                 "usage": "internal", "company_id": stock.company_id.id}
                for code, parent in rows
            ]
        )  # fmt: skip

    letters = [chr(ord("A") + aisle) for aisle in range(warehouse.aisles)]
    aisles = create([(f"{warehouse.code}-{letter}", stock.id) for letter in letters])
    numbers = [
        (aisle, rack) for aisle in range(warehouse.aisles) for rack in range(warehouse.racks)
    ]
    racks = create(
        [(f"{warehouse.code}-{letters[a]}-{r + 1:02d}", aisles[a].id) for a, r in numbers]
    )
    rows = [
        (bin_code(warehouse, aisle, rack, place), parent.id)
        for (aisle, rack), parent in zip(numbers, racks, strict=True)
        for place in range(warehouse.bins)
    ]
    for (code, _parent), location in zip(rows, create(rows), strict=True):
        story.bins[code] = location.with_env(story.env)
