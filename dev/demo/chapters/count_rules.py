"""How the two companies count: regions, classes, tolerances, and templates with zones."""

from __future__ import annotations

from ..pure.places import WAREHOUSES, Warehouse
from ..story import Story

REGIONS = {
    "NORD": ("North", "Nord"),
    "RHA": ("Rhône-Alpes", "Rhône-Alpes"),
    "CAS": ("Casablanca", "Casablanca"),
}
REGION_OF = {"LIL": "NORD", "LYO": "RHA", "CAS": "CAS"}
COUNTERS = {"fr": ("counter", "counter2", "counter3"), "ma": ("counter.ma",)}
# Class, share of the products by worth from the top, tolerated share (0: any) and value.
CLASSES = (("a", 0.2, 0.02, 60.0), ("b", 0.5, 0.0, 25.0), ("c", 1.0, 0.0, 12.0))
IN_DIRHAM = 11.0


def run(story: Story) -> None:
    """Write what counts stand on, where the addon that makes them is installed."""
    if "stockex.count.template" not in story.env:
        return
    _create_regions(story)
    for code in story.companies:
        _class_products(story, code)
        _create_tolerances(story, code)
    for warehouse in WAREHOUSES:
        _create_templates(story, warehouse)


def _create_regions(story: Story) -> None:
    regions = {}
    for code, (name, french) in REGIONS.items():
        region = story.env["stockex.region"].create({"name": name, "code": code})
        region.with_context(lang="fr_FR").name = french
        regions[code] = region
    for code, region in REGION_OF.items():
        story.warehouses[code].stockex_region_id = regions[region]
    story.warehouses["LIL"].stockex_parent_id = story.warehouses["LYO"]


def _class_products(story: Story, code: str) -> None:
    """Give the dearest products class A, the next B, the others C."""
    products = story.env["product.product"].browse([product.id for product in story.products])
    products = products.with_env(story.in_company(code)).sorted("standard_price", reverse=True)
    start = 0
    for letter, share, _ratio, _value in CLASSES:
        end = round(len(products) * share)
        products[start:end].stockex_abc_class = letter
        start = end


def _create_tolerances(story: Story, code: str) -> None:
    rate = IN_DIRHAM if code == "ma" else 1.0
    env = story.in_company(code)
    env["stockex.count.tolerance"].create(
        [
            {
                "company_id": env.company.id,
                "abc_class": letter,
                "ratio": ratio,
                "value": value * rate,
            }
            for letter, _share, ratio, value in CLASSES
        ]
    )


def _create_templates(story: Story, warehouse: Warehouse) -> None:
    """Write the yearly count of a warehouse, an aisle for each zone, and its spot check."""
    code = story.company_of(warehouse.code)
    env = story.in_company(code)
    house = story.warehouses[warehouse.code]
    counters = [story.users[login].id for login in COUNTERS[code]]
    common = {
        "company_id": env.company.id,
        "scope": "warehouse",
        "warehouse_id": house.id,
        "counter_ids": [(6, 0, counters)],
    }
    yearly, spot = env["stockex.count.template"].create(
        [
            {
                **common,
                "name": f"Yearly count {warehouse.name}",
                "kind": "full",
                "auto_recount": True,
                "zone_ids": [(0, 0, vals) for vals in _zones(env, warehouse, counters)],
            },
            {
                **common,
                "name": f"Run out or negative, {warehouse.name}",
                "kind": "spot",
                "stock_filter": "not_positive",
                "allow_overlap": True,
            },
        ]
    )
    yearly.with_context(lang="fr_FR").name = f"Inventaire annuel {warehouse.name}"
    spot.with_context(lang="fr_FR").name = f"Épuisés ou négatifs, {warehouse.name}"
    story.records.setdefault("yearly", {})[warehouse.code] = yearly


def _zones(env, warehouse: Warehouse, counters: list[int]) -> list[dict]:
    names = [chr(ord("A") + rank) for rank in range(warehouse.aisles)]
    aisles = env["stock.location"].search(
        [("barcode", "in", [f"{warehouse.code}-{name}" for name in names])], order="barcode"
    )
    return [
        {
            "name": f"Allée {name}",
            "sequence": 10 * rank,
            "location_ids": [(6, 0, aisle.ids)],
            "counter_ids": [(6, 0, [counters[rank % len(counters)]])],
        }
        for rank, (name, aisle) in enumerate(zip(names, aisles, strict=True))
    ]
