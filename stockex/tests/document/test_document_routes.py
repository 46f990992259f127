import json
from io import BytesIO

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestDocumentRoutes(HttpCase):
    """The addresses behind the Print menu and the Excel button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.controller, cls.counter = (
            new_test_user(cls.env, f"{name}_doc", groups=f"stockex.group_{name}", lang="en_US")
            for name in ("controller", "counter")
        )
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        place = cls.env["stock.location"].create(
            {"name": "Z-77", "location_id": warehouse.lot_stock_id.id, "usage": "internal"}
        )
        product = cls.env["product.product"].create({"name": "Café", "is_storable": True})
        cls.env["stock.quant"]._update_available_quantity(product, place, 3)
        cls.session_ = cls.env["stockex.count.session"].create(
            {"scope": "locations", "location_ids": [Command.set(place.ids)]}
        )
        cls.session_.action_start()

    def report(self, path):
        return self.url_open(f"{path}/stockex.count_report/{self.session_.id}")

    def test_the_address_of_the_report_gives_a_pdf(self):
        self.authenticate("controller_doc", "controller_doc")

        response = self.report("/report/pdf")

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        text = PdfReader(BytesIO(response.content)).pages[0].extract_text()
        self.assertIn(f"Count report {self.session_.name}", text)
        self.assertIn("Café", text)

    def test_the_print_menus_download_has_a_name_and_needs_no_converter(self):
        self.authenticate("controller_doc", "controller_doc")
        url = f"/report/pdf/stockex.count_report/{self.session_.id}"

        response = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "qweb-pdf"]),
                "context": json.dumps({"lang": "en_US"}),
                "csrf_token": http.Request.csrf_token(self),
            },
        )

        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"%PDF"))
        name = self.session_.name.replace("/", "-")
        self.assertIn(f"{name}.pdf", response.headers["Content-Disposition"])

    def test_the_address_of_the_lines_gives_a_workbook(self):
        self.authenticate("controller_doc", "controller_doc")

        response = self.url_open(f"/stockex/count/{self.session_.id}/lines.xlsx")

        self.assertEqual(response.status_code, 200)
        name = self.session_.name.replace("/", "-")
        self.assertIn(f"{name}.xlsx", response.headers["Content-Disposition"])
        sheet = load_workbook(BytesIO(response.content)).active
        self.assertEqual([cell.value for cell in sheet["B"]], ["Product", "Café", None])

    def test_strangers_and_visitors_get_nothing(self):
        lines = f"/stockex/count/{self.session_.id}/lines.xlsx"

        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(lines).url)
        self.authenticate("counter_doc", "counter_doc")
        self.assertEqual(self.url_open(lines).status_code, 403)
        self.assertEqual(self.report("/report/pdf").status_code, 403)

    def test_an_address_without_a_session_is_not_found(self):
        self.authenticate("controller_doc", "controller_doc")

        for ids in ("0", "x", "99999999999999999999", "999999999"):
            response = self.url_open(f"/stockex/count/{ids}/lines.xlsx")
            self.assertEqual(response.status_code, 404, ids)
