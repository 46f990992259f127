"""Categories, units and products with their pictures, packagings and suppliers."""

from __future__ import annotations

from psycopg2.extras import execute_values

from ..clock import frozen
from ..pictures import picture
from ..pure.assortment import FAMILIES, categories
from ..pure.products import Product
from ..pure.stock import REMOVAL_DAYS
from ..pure.supply import BOUGHT, SUPPLIERS
from ..story import Story
from .companies import DIRHAMS_FOR_A_EURO

# Of an attachment, all that the same picture of another product has too.
_COPIED = (
    "name, type, res_model, res_field, company_id, public, store_fname, db_datas, file_size,"
    " checksum, mimetype, create_uid, create_date, write_uid, write_date"
)
ALERT_DAYS, USE_DAYS = 30, 5
_DELAY_DAYS = (4, 7, 10, 14)


def run(story: Story) -> None:
    """Write the catalogue as it stood when the story begins."""
    with frozen(story.start):
        groups = _create_categories(story)
        packs = _create_packs(story)
        _create_products(story, groups, packs)
        _price_in_dirhams(story)
        _create_suppliers(story)
        story.env.flush_all()


def _create_categories(story: Story) -> dict:
    """Create families and categories; a category carries its cost method in both companies."""
    env = story.in_company("fr")
    groups = categories()
    families = env["product.category"].create([{"name": names[0]} for names in FAMILIES.values()])
    parents = dict(zip(FAMILIES, families, strict=True))
    fefo = env.ref("product_expiry.removal_fefo")
    records = env["product.category"].create(
        [
            {"name": group.name_en, "parent_id": parents[group.family].id,
             "removal_strategy_id": fefo.id if group.shelf_days else False}
            for group in groups
        ]
    )  # fmt: skip
    names = {parents[family]: names[1] for family, names in FAMILIES.items()}
    names.update(zip(records, (group.name_fr for group in groups), strict=True))
    _translate(names)
    for method in {group.cost_method for group in groups}:
        chosen = [g.key for g in groups if g.cost_method == method]
        ids = [r.id for g, r in zip(groups, records, strict=True) if g.key in chosen]
        for company in story.companies.values():
            env["product.category"].browse(ids).with_company(company).property_cost_method = method
    return {group.key: record for group, record in zip(groups, records, strict=True)}


def _translate(names: dict) -> None:
    """Give records their French name, where a record's name can be translated."""
    for record, name in names.items():
        if record._fields["name"].translate:
            record.with_context(lang="fr_FR").name = name


def _create_packs(story: Story) -> dict:
    """Return the unit of every size of pack."""
    env = story.in_company("fr")
    unit = env.ref("uom.product_uom_unit")
    sizes = sorted({group.pack_size for group in categories()} - {0})
    names = {6: ("Box of 6", "Carton de 6"), 12: ("Case of 12", "Caisse de 12"),
             24: ("Case of 24", "Caisse de 24")}  # fmt: skip
    packs = env["uom.uom"].create(
        [{"name": names[size][0], "relative_factor": size, "relative_uom_id": unit.id}
         for size in sizes]
    )  # fmt: skip
    _translate({pack: names[size][1] for pack, size in zip(packs, sizes, strict=True)})
    return dict(zip(sizes, packs, strict=True))


def _product_vals(story: Story, product: Product, groups: dict, packs: dict) -> dict:
    env = story.env
    category = product.category
    unit = env.ref("uom.product_uom_kgm" if product.unit == "kg" else "uom.product_uom_unit")
    vals = {
        "name": product.name_en,
        "default_code": product.reference,
        "barcode": product.barcode,
        "categ_id": groups[category.key].id,
        "type": "consu",
        "is_storable": True,
        "tracking": category.tracking,
        "list_price": product.price,
        "standard_price": product.cost,
        "weight": product.weight,
        "uom_id": unit.id,
        "purchase_ok": category.family in BOUGHT,
        "invoice_policy": "delivery",
    }
    if category.shelf_days:
        vals.update(
            use_expiration_date=True,
            expiration_time=category.shelf_days,
            use_time=USE_DAYS,
            removal_time=REMOVAL_DAYS,
            alert_time=ALERT_DAYS,
        )
    if product.pack_barcode:
        vals["uom_ids"] = [(6, 0, [packs[category.pack_size].id])]
    return vals


def _create_products(story: Story, groups: dict, packs: dict) -> None:
    env = story.in_company("fr")
    both = [company.id for company in story.companies.values()]
    env = env(context={**env.context, "allowed_company_ids": both})
    catalogue = story.plan.products
    records = env["product.product"].create(
        [_product_vals(story, product, groups, packs) for product in catalogue]
    )
    _translate(
        {
            record.product_tmpl_id: product.name_fr
            for record, product in zip(records, catalogue, strict=True)
        }
    )
    env["product.uom"].create(
        [
            {"product_id": record.id, "uom_id": packs[product.category.pack_size].id,
             "barcode": product.pack_barcode, "company_id": False}
            for record, product in zip(records, catalogue, strict=True)
            if product.pack_barcode
        ]
    )  # fmt: skip
    story.products = list(records.with_env(story.env))
    _draw(records, catalogue)


def _draw(records, catalogue) -> None:
    """Give the products their pictures; those that share one share its files too.

    On the templates, because a picture given to a batch of new variants is lost. Odoo checks
    and scales each picture five times (measured: 9 s), so it does that once a drawing and the
    rows of `ir_attachment` are copied for the other products.
    """
    alike: dict = {}
    for record, product in zip(records, catalogue, strict=True):
        key = product.category.shape, product.colour
        alike[key] = alike.get(key, record.product_tmpl_id) | record.product_tmpl_id
    for (shape, colour), templates in alike.items():
        templates[0].image_1920 = picture(shape, colour)
    records.env.flush_all()
    pairs = [(same.id, own[0].id) for own in alike.values() for same in own[1:]]
    execute_values(
        records.env.cr._obj,
        f"""INSERT INTO ir_attachment ({_COPIED}, res_id)
            SELECT {_COPIED}, v.target FROM (VALUES %s) v(target, source)
              JOIN ir_attachment a ON a.res_id = v.source
             WHERE a.res_model = 'product.template' AND a.res_field LIKE 'image_%%'""",
        pairs,
        page_size=1000,
    )
    records.env["product.template"].invalidate_model()


def _price_in_dirhams(story: Story) -> None:
    """Give every product its cost in the Moroccan company.

    Without an entry in the history of costs: nothing is in stock yet, and each entry searches
    for the moves it would revalue (measured: 15 s for the catalogue).
    """
    env = story.in_company("ma")
    env = env(context={**env.context, "disable_auto_revaluation": True})
    records = env["product.product"].browse([product.id for product in story.products])
    for record, product in zip(records, story.plan.products, strict=True):
        record.standard_price = round(product.cost * DIRHAMS_FOR_A_EURO, 2)


def _create_suppliers(story: Story) -> None:
    """Say in each company who supplies the bought goods, at which price and how fast."""
    vals_list = []
    for code, company in story.companies.items():
        factor = DIRHAMS_FOR_A_EURO if code == "ma" else 1.0
        for record, product in zip(story.products, story.plan.products, strict=True):
            vals_list += [
                {
                    "partner_id": story.suppliers[code][supplier].id,
                    "product_tmpl_id": record.product_tmpl_id.id,
                    "price": round(product.cost * factor, 2),
                    "currency_id": company.currency_id.id,
                    "delay": _DELAY_DAYS[supplier % len(_DELAY_DAYS)],
                    "min_qty": 1,
                    "company_id": company.id,
                }
                for supplier in SUPPLIERS.get(product.category.family, ())
            ]
    story.in_company("fr")["product.supplierinfo"].create(vals_list)
