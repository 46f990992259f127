{
    "name": "Stockex Marketplace",
    "summary": "Publish once, sell everywhere, never sell a unit twice",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Stockex",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "stockex",
        "sale_management",
        "sale_stock",
        "stock_delivery",
        "sale_margin",
        "website_sale_stock",
        "website_blog",
        "link_tracker",
    ],
    "data": [
        "security/groups.xml",
    ],
}
