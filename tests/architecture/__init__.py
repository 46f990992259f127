"""The rules of the house as functions over a tree of files; none of them needs Odoo."""
