"""Uninstall the addons named in `values`, one by one; say what they left behind."""

Module = env["ir.module.module"]
for name in values["addons"]:
    Module.search([("name", "=", name)]).button_immediate_uninstall()
    env.transaction.reset()
env.cr.execute(
    """SELECT table_name, column_name FROM information_schema.columns
        WHERE table_name LIKE 'stockex%' OR column_name LIKE 'stockex%'"""
)
answer["left"] = env.cr.fetchall()
