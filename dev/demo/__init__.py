"""The demo story: two companies that give used goods a second life, told over 24 months.

`pure/` decides everything (names, quantities, dates) without Odoo and from one seed;
`chapters/` writes it into a database, in the order of time, under a frozen clock.
Entry point: `dev.demo_load.load(env)`.
"""
