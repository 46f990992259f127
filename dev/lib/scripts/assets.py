# Runs in Odoo's shell: compile the scripts and styles of the first pages now, once,
# and not at every copy's first login.
qweb = env["ir.qweb"]
for bundle in ("web.assets_web", "web.assets_web_print"):
    qweb._get_asset_bundle(bundle, css=True, js=False).css()
qweb._get_asset_bundle("web.assets_web", css=False, js=True).js()
if "website" in env:
    qweb = qweb.with_context(website_id=env["website"].search([], limit=1).id)
qweb._get_asset_bundle("web.assets_frontend", css=True, js=False).css()
for bundle in ("web.assets_frontend_minimal", "web.assets_frontend_lazy"):
    qweb._get_asset_bundle(bundle, css=False, js=True).js()
