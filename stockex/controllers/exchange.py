from odoo import http
from odoo.http import request

from .document import send_workbook


class Exchange(http.Controller):
    @http.route(
        "/stockex/import/<int:import_id>/result.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def import_result(self, import_id):
        """Send the rows of an imported file with what became of them."""
        record = request.env["stockex.import"].browse(import_id).exists()
        if not record:
            raise request.not_found()
        data = request.env["stockex.document.import"]._build(record)
        stem = (record.filename or "import").rpartition(".")[0] or "import"
        return send_workbook(data, f"{stem}-result.xlsx")
