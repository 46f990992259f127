from odoo import http
from odoo.http import request


class Health(http.Controller):
    @http.route("/stockex/health", type="http", auth="none", methods=["GET"], readonly=True)
    def health(self):
        """Tell a monitor that this server answers, and whether its jobs are run.

        A server whose database is gone answers 500 before it comes here.
        """
        return request.make_json_response(
            request.env["stockex.health"]._report(),
            headers=[("Cache-Control", "no-store")],
        )
