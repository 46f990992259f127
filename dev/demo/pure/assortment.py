"""The forty categories of the business and the words its product names are made of."""

from __future__ import annotations

from dataclasses import dataclass

from .assortment_goods import FOOD_AND_CARE, HOME
from .assortment_machines import APPLIANCES, ELECTRONICS, PARTS
from .assortment_wear import CLOTHES

FAMILIES = {
    "clothes": ("Second-hand clothes", "Vêtements de seconde main"),
    "appliances": ("Small appliances", "Petit électroménager"),
    "electronics": ("Refurbished electronics", "Électronique reconditionnée"),
    "parts": ("Spare parts", "Pièces détachées"),
    "home": ("Home and leisure", "Maison et loisirs"),
    "care": ("Food and cosmetics", "Alimentation et cosmétiques"),
}

BRANDS = {
    "clothes": ("Solène", "Maréva", "Nordvik", "Atelier Bleu", "Calanca", "Petit Rivage", "Oliva"),
    "appliances": ("Kaora", "Vulcain", "Bellame", "Hestia", "Domelis", "Ardent"),
    "electronics": ("Lumia One", "Orbis", "Kinetix", "Pavo", "Zenia"),
    "parts": ("Universal", "Kaora", "Vulcain", "Hestia", "Domelis"),
    "home": ("Petit Rivage", "Terrefine", "Nordvik", "Grenier", "Fablia"),
    "care": ("Dar Argane", "Savonnerie du Rhône", "Zitoun", "Mont Pilat", "Oasis Verte"),
}

QUALIFIERS = {
    "clothes": (
        ("like new", "comme neuf"),
        ("very good condition", "très bon état"),
        ("good condition", "bon état"),
        ("vintage", "vintage"),
        ("size S", "taille S"),
        ("size M", "taille M"),
        ("size L", "taille L"),
    ),
    "appliances": (
        ("refurbished", "reconditionné"),
        ("tested, grade A", "testé, grade A"),
        ("tested, grade B", "testé, grade B"),
        ("compact", "compact"),
        ("stainless steel", "inox"),
    ),
    "electronics": (
        ("grade A", "grade A"),
        ("grade B", "grade B"),
        ("grade C", "grade C"),
        ("black", "noir"),
        ("silver", "argent"),
    ),
    "parts": (
        ("set of 2", "lot de 2"),
        ("type A", "type A"),
        ("type B", "type B"),
        ("reinforced", "renforcé"),
        ("12 V", "12 V"),
        ("230 V", "230 V"),
    ),
    "home": (
        ("good condition", "bon état"),
        ("vintage", "vintage"),
        ("blue", "bleu"),
        ("green", "vert"),
        ("ochre", "ocre"),
    ),
    "care": (
        ("100 g", "100 g"),
        ("250 g", "250 g"),
        ("organic", "bio"),
        ("travel size", "format voyage"),
        ("family size", "format familial"),
    ),
}


@dataclass(frozen=True)
class Category:
    """A product category with everything its products share.

    `cost_ratio` is the share of the sales price that the goods cost; `season` is the month of
    the highest demand (0: none) and its amplitude; `shelf_days` is 0 without expiry.
    """

    key: str
    name_en: str
    name_fr: str
    family: str
    cost_method: str
    tracking: str
    shelf_days: int
    price_low: float
    price_high: float
    cost_ratio: float
    season: tuple[int, float]
    shape: str
    count: int
    markets: str
    pack_size: int
    nouns: tuple[tuple[str, str], ...]


def _category(row: tuple, family: str, cost_method: str) -> Category:
    (key, name_en, name_fr, tracking, shelf_days, low, high, season, shape, count, more) = row
    markets, pack_size, ratio, nouns = more
    pairs = tuple(tuple(part.strip() for part in noun.split("|")) for noun in nouns.split(";"))
    return Category(
        key, name_en, name_fr, family, cost_method, tracking, shelf_days, low, high, ratio,
        season, shape, count, markets, pack_size, pairs,
    )  # fmt: skip


def categories() -> list[Category]:
    """Return the forty categories in the order of the catalogue."""
    tables = (
        ("clothes", "standard", CLOTHES),
        ("appliances", "average", APPLIANCES),
        ("electronics", "fifo", ELECTRONICS),
        ("parts", "average", PARTS),
        ("home", "standard", HOME),
        ("care", "fifo", FOOD_AND_CARE),
    )
    return [_category(row, family, cost) for family, cost, rows in tables for row in rows]
