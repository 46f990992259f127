"""The kinds of column that a count's file may have, and the names that people give them.

Names are written as `headers.normalise` gives them: without accents, punctuation, plural
(“sous” and “colis” lose their s, too) and little words. English and French, Odoo 19's own
exports (labels and technical names), SAP's, and those that the module Stockex of 2026
understood.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """A kind of column.

    :ivar specific: names that can mean nothing else.
    :ivar general: names that mean it unless a specific one is there too: beside
        "Counted quantity", a column "Quantity" is the book's.
    """

    code: str
    specific: tuple[str, ...]
    general: tuple[str, ...] = ()


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


FAMILIES = (
    Family(
        "code",
        _names(
            "product code|internal reference|product internal reference|default code|sku"
            "|product default code|product id default code|product reference|item code|article code"
            "|item number|product number|part number|article number|product sku|item sku"
            "|material number|code produit|code article|reference interne|produit reference interne"
            "|reference produit|reference article|ref article|ref produit|ref interne"
            "|numero article|no article|id produit default code|internal ref|product ref"
        ),
        _names("code|reference|ref|material|materiel|item no|item|article no"),
    ),
    Family(
        "barcode",
        _names(
            "barcode|product barcode|product id barcode|ean|ean13|ean 13|ean code|code ean|gtin"
            "|upc|code barre|codebarre|produit code barre|code barre produit|scanned barcode"
            "|bar code"
            "|product bar code|gencod|gencode|code barre scanne|code ean13|code ean 13|ean8|isbn"
        ),
        _names("scan|code scanne|scanned code"),
    ),
    Family(
        "name",
        _names(
            "product name|item name|article name|product description|item description"
            "|material description|nom produit|nom article|nom materiel|designation"
            "|designation article|designation produit|libelle article|libelle produit"
            "|description article|description produit|product display name|product id name"
            "|product id display name|produit nom affichage|product title|produit nom"
        ),
        _names("product|produit|article|name|nom|libelle|description|product id|title|intitule"),
    ),
    Family(
        "location",
        _names(
            "location|location complete name|location id complete name|location id|location name"
            "|stock location|location id name|location display name|location id display name"
            "|emplacement|emplacement nom complet|emplacement nom affichage|nom emplacement"
            "|code emplacement|emplacement stock|location code|location barcode|storage location"
            "|bin location|bin|nom sou magasin|sou magasin|sub location|sublocation"
            "|emplacement code barre|location full name|storage bin"
        ),
        _names("zone|place|position"),
    ),
    Family("aisle", _names("aisle|allee|rayon|ranger|rangee"), _names("row")),
    Family("rack", _names("rack|shelf|etagere|casier|shelving|tablette")),
    Family(
        "warehouse",
        _names(
            "warehouse|warehouse name|warehouse code|warehouse id|warehouse id name|entrepot"
            "|nom entrepot|code entrepot|entrepot nom|magasin|nom magasin|code magasin|depot"
            "|location warehouse|emplacement entrepot|nom depot|code depot|magasin principal"
        ),
        _names("plant|store|site"),
    ),
    Family(
        "lot",
        _names(
            "lot|lot number|lot serial number|serial number|lot serial|lot id|lot id name"
            "|lot name|batch|batch number|serial|serie|numero lot|no lot|numero serie|no serie"
            "|lot numero serie|lot serie|lot no serie|batch no|serial no|lot no|sn"
            "|numero lot serie|lot lot serial number|code lot|numero lot numero serie"
        ),
    ),
    Family(
        "package",
        _names(
            "package|package name|package id|package id name|pack|parcel|coli|numero coli"
            "|no coli|package reference|pallet|palette|carton|sscc|package number|nom coli"
            "|license plate|coli reference|pallet number|destination package"
        ),
    ),
    Family(
        "owner",
        _names(
            "owner|owner name|owner id|owner id name|consignor|proprietaire|nom proprietaire"
            "|detenteur|owner display name|owner id display name|deposant|from owner|consignee"
        ),
    ),
    Family(
        "quantity",
        _names(
            "counted quantity|inventory quantity|inventoried quantity|counted|counted qty"
            "|qty counted|quantity counted|physical quantity|actual quantity|real quantity|real qty"
            "|quantite comptee|qte comptee|quantite inventoriee|qte inventoriee|quantite reelle"
            "|qte reelle|quantite physique|qte physique|stock physique|quantite inventaire"
            "|qte inventaire|compte|comptage|inventory qty|physical count|count|found quantity"
            "|quantite trouvee|qte trouvee|product qty|physical inventory"
        ),
        _names("quantity|qty|quantite|qte|stock|nombre|nb|number|qt|piece|stock initial"),
    ),
    Family(
        "uom",
        _names(
            "unit measure|uom|uom name|product uom|product uom id|uom id|uom id name"
            "|product unit measure|unite mesure|udm|base unit measure|product uom id name"
            "|product uom name|unite mesure produit|produit unite mesure"
            "|product uom id display name"
        ),
        _names("unit|unite"),
    ),
    Family(
        "cost",
        _names(
            "unit cost|cost|cost price|standard price|product standard price|average cost"
            "|unit value"
            "|product cost|product id standard price|cout|cout unitaire|produit cout|prix revient"
            "|prix achat|cout revient|cout moyen|pump|cump|pmp|purchase price|prix revient unitaire"
            "|prix achat unitaire|valeur unitaire|prix unitaire achat|moving average price"
        ),
        _names("unit price|price|prix unitaire|prix|pu|pu ht|prix unitaire ht"),
    ),
    Family(
        "category",
        _names(
            "category|product category|category name|product category complete name|categ id"
            "|product categ id|product id categ id|categorie|categorie produit|categorie article"
            "|produit categorie produit|type article|famille|famille article|famille produit"
            "|product group|material group|nom categorie|category complete name|item category"
        ),
        _names("type|group|groupe"),
    ),
    Family(
        "expiry",
        _names(
            "expiration date|expiry date|expiry|expiration|expire|lot expiration date|dlc|dluo|ddm"
            "|best before|best before date|use by|use by date|date expiration|date peremption"
            "|peremption|date limite consommation|lot id expiration date|expire on|exp date"
            "|lot serial number expiration date|lot numero serie date expiration|date limite"
        ),
    ),
    Family(
        "note",
        _names(
            "note|comment|remark|memo|commentaire|remarque|observation|inventory note"
            "|count note|note inventaire|annotation"
        ),
    ),
    Family(
        "reason",
        _names(
            "reason|reason code|inventory reason|motif|raison|cause|motif ecart|code motif"
            "|variance reason|adjustment reason|raison ecart|cause ecart|motif ajustement"
        ),
    ),
    Family(
        "counted_by",
        _names(
            "counted by|counter|counter name|counted by name|compte par|compteur|inventoriste"
            "|agent|inventorie par|operator|operateur|user id|assigned to|assigne|nom compteur"
            "|count user|scanned by|scanne par|saisi par|assigne a"
        ),
        _names("user|utilisateur"),
    ),
    Family(
        "counted_at",
        _names(
            "counted at|counted on|count date|date count|date counted|inventory date|date comptage"
            "|date inventaire|compte le|inventorie le|date heure comptage|heure comptage|count time"
            "|counting date|scanned at|scanned on|scan date|date scan|scanne le|date time counted"
        ),
        _names("date|timestamp|horodatage|datetime|date heure"),
    ),
)

# Columns that stand in stock lists and must not be taken for one of ours, however
# alike they look; they never count as known.
OTHERS = frozenset(
    _names(
        "theoretical quantity|quantite theorique|qte theorique|on hand quantity|quantity on hand"
        "|available quantity|quantite disponible|quantite stock|reserved quantity|quantite reservee"
        "|book quantity|difference|ecart|quantity difference|ecart quantite"
        "|prix vente|sale price|list price|value|valeur|total value|valeur totale|stock theorique"
        "|product id id|location id id|lot id id|external id|id externe|product type|type produit"
        "|removal date|date enlevement|forecasted quantity|quantite prevue|inventory diff quantity"
        "|code categorie|category code|counted quantity difference|cost method|methode cout"
        "|lot code"
        "|creation date|created on|date creation|cree|last updated on|quantity set|inventory value"
        "|inventory quantity set|inventory quantity auto apply|expected quantity|quantite attendue"
        "|incoming date|date arrivee|removal strategy|prix public|currency|devise|company|societe"
    )
)
