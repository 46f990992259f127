{
    "name": "Stockex Mobile and API",
    "summary": "The handheld app, the REST API and the webhooks of the suite",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Inventory",
    "author": "Stockex",
    "license": "LGPL-3",
    "application": True,
    "depends": [
        "stockex",
        "stockex_marketplace",
        "stockex_pricing",
        "stockex_crm",
    ],
    "data": [
        "security/auth/ir.model.access.csv",
        "security/auth/api_key_rules.xml",
        "security/auth/api_request_rules.xml",
        "data/api_scope.xml",
        "security/v1/ir.model.access.csv",
        "views/v1/api_docs_templates.xml",
    ],
}
