from odoo.tests import tagged

from .sync_case import SyncCase


@tagged("post_install", "-at_install")
class TestSyncPackagings(SyncCase):
    """Packagings on handhelds: those with a code, and those without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        units = cls.env["uom.uom"]
        piece = cls.bolt.uom_id
        cls.box, cls.pallet = units.create(
            [
                {"name": "Box of 12", "relative_factor": 12, "relative_uom_id": piece.id},
                {"name": "Pallet", "relative_factor": 480, "relative_uom_id": piece.id},
            ]
        )
        cls.kilo = cls.env.ref("uom.product_uom_kgm")
        cls.bolt.product_tmpl_id.uom_ids = cls.pallet + cls.box + cls.kilo
        cls.env["product.uom"].create(
            {"product_id": cls.bolt.id, "uom_id": cls.box.id, "barcode": "3760000000123"}
        )
        cls.stock(cls.bolt, cls.bin_a, 7)
        cls.open = cls.begun()
        cls.the_line = cls.line(cls.open, cls.bolt)

    def products(self):
        page = self.env(user=self.karim)["stockex.sync.catalogue"]._page("products")
        return {row["id"]: row for row in page["rows"]}

    def test_a_product_has_each_packaging_that_it_can_be_counted_in(self):
        rows = self.products()

        self.assertEqual(
            rows[self.bolt.id]["packs"],
            [
                {
                    "barcode": "3760000000123",
                    "uom": self.box.id,
                    "name": "Box of 12",
                    "quantity": 12.0,
                },
                {"barcode": None, "uom": self.pallet.id, "name": "Pallet", "quantity": 480.0},
            ],
        )

    def test_boxes_and_pieces_are_one_quantity(self):
        unit = self.bolt.uom_id
        parts = [{"uom": unit.id, "quantity": 5}, {"uom": self.box.id, "quantity": 3}]

        answer = self.one(self.op(line=self.the_line.id, parts=parts, mode="set", base="e0"))

        self.assertEqual((answer["status"], answer["line"]["mine"]), ("applied", 41.0))
