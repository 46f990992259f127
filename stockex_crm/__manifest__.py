{
    "name": "Stockex Customers",
    "summary": "Know your buyers, reward who brings them, see the profit of every item",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Stockex",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "stockex_marketplace",
        "crm",
        "sale_crm",
        "loyalty",
        "sale_loyalty",
        "mass_mailing_sms",
        "portal_rating",
        "payment",
    ],
    "data": [
        "security/groups.xml",
    ],
}
