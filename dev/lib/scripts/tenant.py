# Runs in Odoo's shell: make a copied database an independent one.
env["ir.config_parameter"].init(force=True)
admin = env.ref("base.user_admin")
admin.write({"password": values["password"], "login": values["login"]})
env.company.name = values["company"]
answer["login"] = admin.login
