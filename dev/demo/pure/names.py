"""Names of the people and firms of the story; none of them exists."""

from __future__ import annotations

from random import Random

FIRST = {
    "fr": ("Camille", "Louise", "Hugo", "Inès", "Jules", "Manon", "Paul", "Zoé", "Adrien", "Léa",
           "Margaux", "Simon", "Élise", "Bastien", "Clara", "Nathan"),
    "ma": ("Yasmine", "Karim", "Salma", "Omar", "Nadia", "Mehdi", "Imane", "Youssef", "Hind",
           "Rachid", "Leïla", "Anas"),
}  # fmt: skip
LAST = {
    "fr": ("Berthier", "Chapuis", "Delorme", "Faucher", "Garnier", "Jacquet", "Lambert", "Morel",
           "Pernet", "Rivoire", "Sauvage", "Tissot", "Vasseur", "Wattel"),
    "ma": ("Alaoui", "Bennani", "Cherkaoui", "El Fassi", "Idrissi", "Lahlou", "Mernissi",
           "Tazi", "Berrada", "Ouazzani"),
}  # fmt: skip
FIRMS = {
    "fr": ("Brocante des Pentes", "Friperie du Vieux-Lille", "Café Recharge", "Le Grenier Malin",
           "Répar’Tout Villeurbanne", "Épicerie des Halles", "Ressourcerie du Nord",
           "Studio Déco Saône", "Bazar Croix-Rousse", "Collectif La Remise"),
    "ma": ("Souk Vintage Anfa", "Riad Zellige", "Électro Derb Omar", "Épicerie Maârif",
           "Atelier Aïn Sebaâ", "Boutique Habous", "Comptoir Atlas", "Maison Majorelle"),
}  # fmt: skip
SUPPLIERS = {
    "fr": ("Vulcain Distribution", "Kaora Europe", "Phénix Reconditionnement", "Pièces Express 69",
           "Composants du Rhône", "Coopérative Mont Pilat", "Savonnerie du Rhône"),
    "ma": ("Atlas Électro", "Kaora Maghreb", "Casa Recond", "Pièces Derb Ghallef",
           "Composants Bouskoura", "Coopérative Dar Argane", "Oasis Verte Négoce"),
}  # fmt: skip
CITIES = {
    "fr": (("Lyon", "69003"), ("Villeurbanne", "69100"), ("Lille", "59000"), ("Roubaix", "59100"),
           ("Grenoble", "38000"), ("Saint-Étienne", "42000"), ("Arras", "62000")),
    "ma": (("Casablanca", "20250"), ("Rabat", "10000"), ("Mohammédia", "28800"),
           ("Marrakech", "40000"), ("Fès", "30000")),
}  # fmt: skip


def customers(country: str, count: int) -> list[tuple[str, bool, str, str]]:
    """Return (name, is a firm, city, zip) for the customers of a country, firms first."""
    rng = Random(f"customers {country}")
    names = [(firm, True) for firm in FIRMS[country]]
    pairs = [f"{first} {last}" for first in FIRST[country] for last in LAST[country]]
    names += [(name, False) for name in rng.sample(pairs, count - len(names))]
    return [(name, firm, *rng.choice(CITIES[country])) for name, firm in names]


def consignors(country: str, count: int) -> list[str]:
    """Return the people who leave goods on consignment."""
    rng = Random(f"consignors {country}")
    return [
        f"{rng.choice(FIRST[country])} {LAST[country][place % len(LAST[country])]} (dépôt)"
        for place in range(count)
    ]
