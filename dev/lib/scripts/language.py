# Runs in Odoo's shell: add a language beside English. Odoo's own option --load-language,
# given when a database is made, would replace English.
lang = env["res.lang"]._activate_lang(values["lang"])
env["base.language.install"].create({"lang_ids": [(6, 0, lang.ids)]}).lang_install()
answer["languages"] = [code for code, _name in env["res.lang"].get_installed()]
