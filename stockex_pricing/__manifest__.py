{
    "name": "Stockex Pricing",
    "summary": "Price every item from its market, its cost and its age",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Stockex",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "stockex_marketplace",
    ],
}
