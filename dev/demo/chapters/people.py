"""One login per role, and the customers, suppliers and consignors of both companies."""

from __future__ import annotations

from ..pure.names import SUPPLIERS, consignors, customers
from ..pure.supply import CONSIGNORS
from ..pure.trade import CUSTOMERS_PER_COMPANY
from ..story import QUIET, Story

PASSWORD = "demo"

# login, name, language, companies, roles of ours, groups of Odoo that the role works with
LOGINS = (
    ("counter", "Camille Berthier", "fr_FR", "fr", "stockex.group_counter"),
    ("counter2", "Jules Wattel", "fr_FR", "fr", "stockex.group_counter"),
    ("counter3", "Amina Diallo", "en_US", "fr", "stockex.group_counter"),
    ("controller", "Margaux Delorme", "fr_FR", "fr", "stockex.group_controller"),
    ("approver", "Simon Garnier", "en_US", "fr", "stockex.group_approver"),
    ("quality", "Élise Tissot", "fr_FR", "fr", "stockex.group_quality_manager"),
    ("accountant", "Adrien Faucher", "fr_FR", "fr", "stockex.group_accountant"),
    ("suiteadmin", "Clara Pernet", "en_US", "fr,ma", "stockex.group_suite_admin"),
    ("controller.ma", "Yasmine Alaoui", "fr_FR", "ma", "stockex.group_controller"),
    ("counter.ma", "Karim Bennani", "fr_FR", "ma", "stockex.group_counter"),
    ("approver.ma", "Nadia Idrissi", "fr_FR", "ma", "stockex.group_approver"),
    ("merchant", "Hugo Rivoire", "en_US", "fr", "stockex_marketplace.group_merchant"),
    ("marketing", "Inès Lambert", "fr_FR", "fr", "stockex_crm.group_marketing"),
    ("kyc", "Paul Vasseur", "en_US", "fr", "stockex_crm.group_kyc_reviewer"),
    ("buyer", "Zoé Sauvage", "fr_FR", "fr", "base.group_portal,stockex_marketplace.group_buyer"),
    ("affiliate", "Léa Morel", "fr_FR", "fr", "base.group_portal,stockex_crm.group_affiliate"),
    ("salesrep", "Bastien Jacquet", "en_US", "fr",
     "base.group_portal,stockex_crm.group_sales_representative"),
)  # fmt: skip


def run(story: Story) -> None:
    """Create the logins whose role exists, then the partners."""
    _prepare_admin(story)
    for login in LOGINS:
        _create_login(story, *login)
    _give_passwords(story)
    for code in story.companies:
        _create_partners(story, code)


def _prepare_admin(story: Story) -> None:
    admin = story.env.ref("base.user_admin")
    admin.write({"lang": "en_US", "tz": "Europe/Paris"})
    story.users["admin"] = admin
    story.logins.append(("admin", "admin", admin.name, "fr, ma", "Settings"))


def _create_login(
    story: Story, login: str, name: str, lang: str, companies: str, roles: str
) -> None:
    """Create a login, unless its role belongs to an addon that is not installed."""
    groups = [story.env.ref(role, raise_if_not_found=False) for role in roles.split(",")]
    if not all(groups):
        return
    is_internal = groups[0] != story.env.ref("base.group_portal")
    if is_internal:
        groups.insert(0, story.env.ref("base.group_user"))
    records = [story.companies[code] for code in companies.split(",")]
    user = story.env["res.users"].with_context(**QUIET).create(
        {
            "login": login,
            "name": name,
            "email": f"{login}@atelier-recycle.example",
            "lang": lang,
            "tz": "Europe/Paris" if "fr" in companies else "Africa/Casablanca",
            "company_id": records[0].id,
            "company_ids": [(6, 0, [company.id for company in records])],
            "group_ids": [(6, 0, [group.id for group in groups])],
            "notification_type": "inbox" if is_internal else "email",
        }
    )  # fmt: skip
    story.users[login] = user
    shown = groups[1:] or groups
    # The console speaks English, whoever the superuser is.
    roles_text = ", ".join(group.with_context(lang="en_US").name for group in shown)
    story.logins.append((login, PASSWORD, name, companies.replace(",", ", "), roles_text))


def _give_passwords(story: Story) -> None:
    """Give the logins their passwords, past Odoo's own way.

    That way takes most of a second for each hash and writes to each user about it.
    """
    admin = story.users["admin"]
    others = story.env["res.users"].union(*story.users.values()) - admin
    story.env.flush_all()
    for users, password in ((admin, "admin"), (others, PASSWORD)):
        story.env.cr.execute(
            "UPDATE res_users SET password = %s WHERE id = ANY(%s)",
            (users._crypt_context().hash(password), users.ids),
        )


def _create_partners(story: Story, code: str) -> None:
    env = story.in_company(code)
    country = {"fr": "base.fr", "ma": "base.ma"}[code]
    common = {"country_id": env.ref(country).id, "lang": "fr_FR"}
    story.customers[code] = env["res.partner"].create(
        [
            {**common, "name": name, "is_company": firm, "city": city, "zip": zip_code,
             "email": f"client{rank:02d}.{code}@clients.example", "customer_rank": 1}
            for rank, (name, firm, city, zip_code) in enumerate(
                customers(code, CUSTOMERS_PER_COMPANY)
            )
        ]
    )  # fmt: skip
    story.suppliers[code] = env["res.partner"].create(
        [{**common, "name": name, "is_company": True, "supplier_rank": 1,
          "email": f"fournisseur{rank}.{code}@fournisseurs.example"}
         for rank, name in enumerate(SUPPLIERS[code])]
    )  # fmt: skip
    story.consignors[code] = env["res.partner"].create(
        [{**common, "name": name} for name in consignors(code, CONSIGNORS)]
    )
