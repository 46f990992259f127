from odoo import api, models
from odoo.exceptions import AccessError


class CountSheetBook(models.AbstractModel):
    """The same sheet with what the book expects, for those who may know it."""

    _name = "stockex.document.count.sheet.book"
    _inherit = "stockex.document.count.sheet"
    _description = "Count Sheet with Quantities"

    # --- Business ---

    @api.model
    def _build(self, records):
        if not self.env.user.has_group("stockex.group_controller"):
            raise AccessError(
                self.env._(
                    "Only a stock controller prints “%(session)s” with its book quantities. "
                    "Print the count sheet without them.",
                    session=records[:1].display_name,
                )
            )
        return super()._build(records)

    def _with_book(self):
        return True
