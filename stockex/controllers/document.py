from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(data, filename):
    """Answer with an Excel workbook that nobody on the way keeps."""
    return request.make_response(
        data,
        [
            ("Content-Type", XLSX),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
        ],
    )


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
        return send_workbook(data, name.replace("/", "-") + ".xlsx")
