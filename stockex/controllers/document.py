from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Documents(http.Controller):
    @http.route(
        "/stockex/count/<string:ids>/lines.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def count_lines(self, ids):
        """Send the lines of some sessions as an Excel workbook."""
        numbers = [int(part) for part in ids.split(",") if part.isdecimal() and len(part) < 10]
        sessions = request.env["stockex.count.session"].browse(numbers).exists()
        if not sessions:
            raise request.not_found()
        data = request.env["stockex.document.count.workbook"]._build(sessions)
        name = "-".join(sessions.mapped("name")) if len(sessions) < 4 else "counts"
        filename = name.replace("/", "-") + ".xlsx"
        return request.make_response(
            data,
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(filename)),
                ("Cache-Control", "no-store"),
            ],
        )
