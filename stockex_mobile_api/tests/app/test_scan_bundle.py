from odoo.tests import TransactionCase, tagged

LARGEST_BYTES = 250_000


@tagged("post_install", "-at_install")
class TestScanBundle(TransactionCase):
    """What a handheld loads before the first scan stays small."""

    def script(self, name):
        bundle = self.env["ir.qweb"]._get_asset_bundle(name, css=False, js=True)
        return bundle.js().raw.decode()

    def test_the_first_bundle_stays_small(self):
        script = self.script("stockex_mobile_api.assets_scan")

        self.assertIn("ScanCount", script)
        self.assertLess(len(script.encode()), LARGEST_BYTES)

    def test_what_counting_does_not_need_comes_later(self):
        first = self.script("stockex_mobile_api.assets_scan")
        later = self.script("stockex_mobile_api.assets_scan_more")

        for module in ("camera/camera", "voice/listen", "screens/lookup/lookup"):
            name = f"@stockex_mobile_api/later/{module}"
            self.assertIn(f"odoo.define('{name}'", later)
            self.assertNotIn(f"odoo.define('{name}'", first)
