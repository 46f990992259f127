# Runs in Odoo's shell: tell the demo story, answer with one login per role.
from dev import demo_load

by_role = {}
for login, password, _name, _companies, role in demo_load.load(env):
    by_role.setdefault(role, [role, login, password])
answer["logins"] = list(by_role.values())
