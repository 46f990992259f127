from werkzeug.routing import BaseConverter

from odoo import models


class TextConverter(BaseConverter):
    """Any text to the end of the path: werkzeug's own `path` stops at a line feed."""

    part_isolating = False
    regex = r"[\s\S]+?"
    weight = 200


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_converters(cls):
        return {**super()._get_converters(), "stockex_text": TextConverter}
