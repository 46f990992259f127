"""The products of the catalogue: names, codes, prices and how fast they sell."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .assortment import BRANDS, QUALIFIERS, Category, categories
from .ean import in_store_ean13

PRODUCT_PREFIX, PACK_PREFIX = 20, 21
COLOURS = 6
# Share of the catalogue, highest and lowest weekly demand of one shop.
SPEEDS = {
    "A": (0.05, 2.5, 7.0),
    "B": (0.2, 0.2, 0.55),
    "C": (0.67, 0.02, 0.09),
    "D": (0.08, 0.02, 0.06),
}
_BY_WEIGHT = {"Dates", "Salted almonds", "Ground coffee"}
_CONSIGNED = {"bags", "coats", "jackets"}


@dataclass(frozen=True)
class Product:
    """One product; `step` is the smallest quantity sold, `rate` its mean weekly demand."""

    reference: str
    barcode: str
    name_en: str
    name_fr: str
    category: Category
    price: float
    cost: float
    colour: int
    speed: str
    rate: float
    unit: str
    step: float
    pack_barcode: str
    weight: float
    consigned: bool


def _names(category: Category, rng: Random) -> list[tuple[str, str]]:
    """Return as many different English and French names as the category has products."""
    combinations = [
        (noun, brand, qualifier)
        for noun in category.nouns
        for brand in BRANDS[category.family]
        for qualifier in QUALIFIERS[category.family]
    ]
    chosen = rng.sample(combinations, category.count)
    return [
        (f"{noun[0]} {brand}, {qualifier[0]}", f"{noun[1]} {brand}, {qualifier[1]}")
        for noun, brand, qualifier in chosen
    ]


def _price(category: Category, rng: Random) -> float:
    """Draw a price, low ones being more frequent, that ends in .00, .50 or .90."""
    span = category.price_high - category.price_low
    amount = category.price_low + span * rng.random() ** 1.8
    return int(amount) + rng.choice((0.0, 0.5, 0.9))


def _speeds(count: int, rng: Random) -> list[str]:
    """Return a class of speed for every product, in the shares of `SPEEDS`, shuffled."""
    speeds = [name for name, (share, *_rates) in SPEEDS.items() for _n in range(int(share * count))]
    speeds += ["C"] * (count - len(speeds))
    rng.shuffle(speeds)
    return speeds


def _product(number: int, rank: int, names: tuple[str, str], speed: str, rng: Random,
             category: Category) -> Product:  # fmt: skip
    price = _price(category, rng)
    _share, low, high = SPEEDS[speed]
    by_weight = any(names[0].startswith(noun) for noun in _BY_WEIGHT)
    # Dear things sell more slowly, in every class.
    rate = rng.uniform(low, high) * (0.6 if price > 100 else 1.0)
    return Product(
        reference=f"{category.key[:3].upper()}-{rank + 1:03d}",
        barcode=in_store_ean13(PRODUCT_PREFIX, 1000 + number),
        name_en=names[0],
        name_fr=names[1],
        category=category,
        price=price,
        cost=round(price * category.cost_ratio * rng.uniform(0.85, 1.15), 2),
        colour=rng.randrange(COLOURS),
        speed=speed,
        rate=rate,
        unit="kg" if by_weight else "unit",
        step=0.5 if by_weight else 1.0,
        pack_barcode=(
            in_store_ean13(PACK_PREFIX, 1000 + number)
            if category.pack_size and not by_weight
            else ""
        ),
        weight=round(rng.uniform(0.1, 6.0), 2),
        consigned=category.key in _CONSIGNED and rng.random() < 0.3,
    )


def catalogue(rng: Random) -> list[Product]:
    """Return every product of the story, category by category."""
    groups = categories()
    speeds = _speeds(sum(category.count for category in groups), rng)
    products: list[Product] = []
    for category in groups:
        for rank, names in enumerate(_names(category, rng)):
            number = len(products)
            products.append(_product(number, rank, names, speeds[number], rng, category))
    return products
