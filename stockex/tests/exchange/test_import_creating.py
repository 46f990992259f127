from ..common import CountCase
from .files import check, counted, refused, xlsx

HEAD = (
    "Product code",
    "Product name",
    "Warehouse",
    "Aisle",
    "Rack",
    "Lot",
    "Quantity",
    "Unit cost",
)


class TestImportCreating(CountCase):
    """The opening stock of a system that is replaced, with all that is not there yet."""

    roles = ("karim", "lea", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opening = cls.draft(
            kind="initial", scope="warehouse", warehouse_id=cls.warehouse.id, location_ids=False
        )
        cls.rows = [
            ("SX-Bolt", None, cls.warehouse.code, "A", "1", None, 10, None),
            ("NEW-1", "Kettle", cls.warehouse.name, "A", "1", None, 4, 12.5),
            ("NEW-1", "Kettle", cls.warehouse.name, "A", "2", None, 6, 12.5),
            ("NEW-2", "Yoghurt", cls.warehouse.name, "B", "1", "L-7", 3, 0.4),
            ("SX-Milk", None, cls.warehouse.name, "B", "1", "M-1", 8, 99),
        ]

    def test_nothing_is_created_unless_it_is_asked_for(self):
        record = check(self.opening, xlsx(self.rows, HEAD))

        self.assertEqual(
            refused(record),
            {
                2: "location_unknown",
                3: "product_unknown",
                4: "product_unknown",
                5: "product_unknown",
                6: "location_unknown",
            },
        )

    def test_the_check_says_what_will_be_created_and_creates_nothing(self):
        before = self.footprint()
        products = self.env["product.product"].search_count([])
        locations = self.env["stock.location"].search_count([])

        record = self.checked()

        self.assertRecordValues(
            record,
            [
                {
                    "good_count": 5,
                    "new_product_count": 2,
                    "new_location_count": 3,
                    "new_lot_count": 2,
                }
            ],
        )
        self.assertEqual(self.env["product.product"].search_count([]), products)
        self.assertEqual(self.env["stock.location"].search_count([]), locations)
        self.assertEqual(self.footprint(), before)

    def test_an_opening_stock_is_imported_approved_and_posted(self):
        self.bolt.with_company(self.company).standard_price = 0
        record = self.checked()

        record.action_import()

        self.assertEqual(record.state, "done", record.failure)
        self.assertEqual(self.opening.state, "counting")
        self.assertEqual(
            counted(self.opening),
            {
                ("Bolt", "1", ""): 10.0,
                ("Kettle", "1", ""): 4.0,
                ("Kettle", "2", ""): 6.0,
                ("Yoghurt", "1", "L-7"): 3.0,
                ("Milk", "1", "M-1"): 8.0,
            },
        )
        kettle = self.env["product.product"].search([("default_code", "=", "NEW-1")])
        self.assertRecordValues(kettle, [{"name": "Kettle", "is_storable": True}])
        self.assertEqual(kettle.with_company(self.company).standard_price, 12.5)
        self.assertEqual(self.milk.with_company(self.company).standard_price, 2.0)
        self.assertFalse(any(self.opening.sudo().line_ids.mapped("is_unexpected")))
        self.post(self.opening)
        self.assertEqual(self.opening.state, "done")
        stock = self.warehouse.lot_stock_id.complete_name
        rack = self.env["stock.location"].search([("complete_name", "=", f"{stock}/A/1")])
        self.assertEqual(self.on_hand(kettle, rack), 4.0)
        self.assertEqual(self.on_hand(self.bolt, rack), 10.0)

    def test_the_cost_of_the_file_is_taken_where_none_is_known_and_nothing_moved(self):
        lamp = self.make_product("Lamp", 0.0)
        moved = self.make_product("Moved", 0.0)
        self.receive(moved, self.bin_a, 1, 0.0)
        moved.with_company(self.company).standard_price = 0.0
        head = ("Product code", "Location", "Quantity", "Unit cost")
        rows = [(lamp.default_code, "A-01", 1, 7.25), (moved.default_code, "A-01", 1, 3)]
        record = check(self.opening, xlsx(rows, head))

        record.action_import()

        self.assertEqual(record.state, "done", record.failure)
        self.assertEqual(lamp.with_company(self.company).standard_price, 7.25)
        self.assertEqual(moved.with_company(self.company).standard_price, 0.0)
        self.assertEqual(self.line(self.opening, lamp).unit_cost, 7.25)

    def checked(self):
        ticks = dict.fromkeys(("create_products", "create_locations", "create_lots"), True)
        return check(self.opening, xlsx(self.rows, HEAD), **ticks)
