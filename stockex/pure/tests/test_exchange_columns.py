"""Which header means which family, in English, in French and in Odoo's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..exchange.columns import (
    FAMILY_CODES,
    GENERAL,
    NOT_OURS,
    SPECIFIC,
    Ambiguity,
    is_known,
    propose,
)
from ..exchange.families import FAMILIES, OTHERS
from ..exchange.headers import normalise


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Qtés comptées (kg) *", "qte comptee"),
        ("Code d’article", "code article"),
        ("N° de série", "no serie"),
        ("product_id/default_code", "product id default code"),
        ("ProductCode", "product code"),
        ("Unité de mesure", "unite mesure"),
        ("  Lot / Serial\nNumber", "lot serial number"),
        ("Cœur [m²]", "coeur"),
        ("***", ""),
    ],
)
def test_a_header_is_reduced_to_its_words(header, expected):
    assert normalise(header) == expected


@given(st.text(max_size=40))
def test_a_reduced_header_has_only_small_words(header):
    name = normalise(header)

    assert name == name.strip() == " ".join(name.split())


def test_no_name_means_two_families_and_each_is_written_in_its_reduced_form():
    names = [name for family in FAMILIES for name in family.specific + family.general]

    assert len(names) == len(set(names)) == len(SPECIFIC) + len(GENERAL)
    assert [name for name in [*names, *OTHERS] if normalise(name) != name] == []
    assert set(names) & NOT_OURS == set()


@pytest.mark.parametrize(
    ("header", "family"),
    [
        ("CODE PRODUIT", "code"),
        ("MATERIAL", "code"),
        ("Code d'article", "code"),
        ("Product/Internal Reference", "code"),
        ("Produit/Référence interne", "code"),
        ("product_id/default_code", "code"),
        ("Product/Barcode", "barcode"),
        ("Code-barres", "barcode"),
        ("EAN13", "barcode"),
        ("Désignation", "name"),
        ("MATERIAL DESCRIPTION", "name"),
        ("NOM DU MATERIEL", "name"),
        ("Product", "name"),
        ("Location/Complete Name", "location"),
        ("NOM DU SOUS-MAGASIN", "location"),
        ("Emplacements", "location"),
        ("SUB-LOCATION", "location"),
        ("RAYON", "aisle"),
        ("Étagère", "rack"),
        ("Entrepôt", "warehouse"),
        ("MAGASIN", "warehouse"),
        ("Lot/Serial Number", "lot"),
        ("Lot/numéro de série", "lot"),
        ("lot_id", "lot"),
        ("Colis", "package"),
        ("Détenteur", "owner"),
        ("inventory_quantity", "quantity"),
        ("QTE", "quantity"),
        ("Qté comptée", "quantity"),
        ("Compté", "quantity"),
        ("Unit of Measure", "uom"),
        ("Unité", "uom"),
        ("PRIX UNITAIRE", "cost"),
        ("STANDARD_PRICE", "cost"),
        ("Coût (€)", "cost"),
        ("TYPE D'ARTICLE", "category"),
        ("Catégorie de produits", "category"),
        ("Date d'expiration", "expiry"),
        ("DLC", "expiry"),
        ("Commentaires", "note"),
        ("Motif", "reason"),
        ("Compté par", "counted_by"),
        ("Assigné à", "counted_by"),
        ("Compté le", "counted_at"),
        ("Date d'inventaire", "counted_at"),
    ],
)
def test_a_header_that_people_use_is_known(header, family):
    assert is_known(header)
    assert propose([header]).columns == {family: 0}


NOT_FOR_US = ["Quantité théorique", "Quantity on hand", "Reserved Quantity", "Écart", "Value"]
NOT_FOR_US += ["Sales Price", "Prix de vente", "Valeur", "product_id/id", "Code catégorie"]
NOT_FOR_US += ["", "foo"]


@pytest.mark.parametrize("header", NOT_FOR_US)
def test_a_header_that_means_something_else_is_left_alone(header):
    mapping = propose([header])

    assert not is_known(header)
    assert mapping.columns == {}
    assert mapping.unmapped == ((0,) if header else ())


def test_a_counted_quantity_goes_before_the_books():
    mapping = propose(["Product", "Quantity", "Counted Quantity", "Internal Reference"])

    assert mapping.columns == {"quantity": 2, "code": 3, "name": 0}
    assert (mapping.unmapped, mapping.ambiguous) == ((1,), ())


def test_two_columns_of_one_family_are_both_left_to_the_person():
    mapping = propose(["Code", "Qté", "Quantité"])

    assert mapping.columns == {"code": 0}
    assert mapping.ambiguous == (Ambiguity(("quantity",), (1, 2)),)
    assert mapping.unmapped == (1, 2)


def test_a_misspelt_header_is_proposed_and_marked():
    mapping = propose(["Code produt", "Emplacemnt", "Quantitée"])

    assert mapping.columns == {"code": 0, "location": 1, "quantity": 2}
    assert set(mapping.close) == {"code", "location", "quantity"}


def test_likeness_takes_no_family_that_is_settled():
    mapping = propose(["Emplacement", "Emplacemnt", "Qty"])

    assert mapping.columns == {"location": 0, "quantity": 2}
    assert (mapping.close, mapping.unmapped) == ((), (1,))


@given(
    st.lists(st.sampled_from([*SPECIFIC, *GENERAL, *NOT_OURS, "", "foo", "quantit"]), max_size=12)
)
def test_no_column_has_two_families_and_every_header_is_accounted_for(headers):
    mapping = propose(headers)

    columns = list(mapping.columns.values())
    assert len(columns) == len(set(columns))
    assert set(mapping.columns) <= set(FAMILY_CODES)
    named = {at for at, header in enumerate(headers) if header}
    assert set(columns) | set(mapping.unmapped) == named
    assert set(columns) & set(mapping.unmapped) == set()
