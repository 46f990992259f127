from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    stockex_session_id = fields.Many2one(
        "stockex.count.session",
        "Count",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The count that made this correction.",
    )

    def _create_account_move(self):
        account_move = super()._create_account_move()
        sessions = self.stockex_session_id
        if account_move and sessions:
            # sudo: stock_account creates the entry as superuser for the same reason,
            # stock users do not keep the books.
            account_move_sudo = account_move.sudo()
            account_move_sudo.ref = ", ".join(sessions.mapped("display_name"))
        return account_move
