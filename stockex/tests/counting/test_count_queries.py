import uuid

from odoo.tests import tagged

from ..common import CountCase

# Queries that one more line may cost: a few a batch (Odoo reads and writes in chunks), and
# in posting those of Odoo's own moves.
BATCH, POST = 0.05, 4.5


@tagged("post_install", "-at_install")
class TestCountQueries(CountCase):
    """The number of queries of a batch does not grow with its lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"].create(
            [{"name": f"Part {number}", "is_storable": True} for number in range(300)]
        )
        for product in cls.products:
            cls.stock(product, cls.bin_a, 5)
        cls.small = cls.fill("S", cls.products[:30])
        cls.large = cls.fill("L", cls.products)

    @classmethod
    def fill(cls, name, products):
        bin_ = cls.make_bin(name, cls.warehouse.lot_stock_id)
        cls.env["stock.quant"].create(
            [
                {"product_id": product.id, "location_id": bin_.id, "quantity": 5}
                for product in products
            ]
        )
        return bin_

    def queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def cost_per_line(self, small, large, lines):
        """Return the queries of one more line."""
        return (self.queries(large) - self.queries(small)) / lines

    def items(self, session, quantity=4):
        return [
            {"line_id": line.id, "quantity": quantity, "uuid": str(uuid.uuid4()), "mode": "set"}
            for line in session.sudo().line_ids
        ]

    def test_building_300_lines_costs_the_queries_of_30(self):
        warm = self.draft(self.small)
        warm.action_start()
        warm.action_cancel()
        small, large = (self.draft(place) for place in (self.small, self.large))

        cost = self.cost_per_line(small.action_start, large.action_start, 270)

        self.assertEqual((small.line_count, large.line_count), (30, 300))
        self.assertLessEqual(cost, BATCH)

    def test_recording_300_entries_costs_the_queries_of_30(self):
        small, large = (self.session(place) for place in (self.small, self.large))
        small_items, large_items = self.items(small), self.items(large)
        self.count(small, {small.sudo().line_ids[0]: 1})

        cost = self.cost_per_line(
            lambda: small.with_user(self.karim)._record_entries(small_items),
            lambda: large.with_user(self.karim)._record_entries(large_items),
            270,
        )

        self.assertEqual((small.counted_count, large.counted_count), (30, 300))
        self.assertLessEqual(cost, BATCH)

    def test_correcting_300_entries_costs_the_queries_of_30(self):
        small, large = (self.session(place) for place in (self.small, self.large))
        for session in (small, large):
            session.with_user(self.karim)._record_entries(self.items(session))
        small_items, large_items = self.items(small, 6), self.items(large, 6)

        cost = self.cost_per_line(
            lambda: small.with_user(self.karim)._record_entries(small_items),
            lambda: large.with_user(self.karim)._record_entries(large_items),
            270,
        )

        self.assertEqual(set(large.sudo().line_ids.mapped("counted_quantity")), {6})
        self.assertLessEqual(cost, BATCH)

    def test_finding_300_products_costs_the_queries_of_30(self):
        session = self.session(self.bin_b)
        items = [
            {
                "product_id": product.id,
                "location_id": self.bin_b.id,
                "quantity": 1,
                "uuid": str(uuid.uuid4()),
            }
            for product in self.products
        ]
        counter = session.with_user(self.karim)
        counter._record_entries(items[:1])

        cost = self.cost_per_line(
            lambda: counter._record_entries(items[1:31]),
            lambda: counter._record_entries(items[31:]),
            239,
        )

        self.assertEqual(session.line_count, 300)
        self.assertLessEqual(cost, BATCH)

    def test_reviewing_and_reading_300_lines_costs_the_queries_of_30(self):
        small, large = (self.session(place) for place in (self.small, self.large))
        for session in (small, large):
            session.with_user(self.karim)._record_entries(self.items(session))
        names = ["product_id", "location_id", "counted_quantity", "my_quantity", "difference"]
        spec = {name: {} for name in names}

        def review(session):
            session.action_review()
            session.line_ids.web_read(spec)

        review_cost = self.cost_per_line(lambda: review(small), lambda: review(large), 270)

        self.assertLessEqual(review_cost, BATCH)

    def test_posting_100_lines_costs_a_few_queries_a_line(self):
        sessions = {}
        for place, differing in ((self.small, 10), (self.large, 110)):
            session = self.session(place)
            lines = session.sudo().line_ids
            items = {line: 4 if index < differing else 5 for index, line in enumerate(lines)}
            self.count(session, items)
            self.approve(session)
            sessions[place] = session
        small, large = sessions[self.small], sessions[self.large]

        cost = self.cost_per_line(small.action_post, large.action_post, 100)

        self.assertEqual((small.posted_count, large.posted_count), (10, 110))
        self.assertLessEqual(cost, POST)

    def test_posting_matching_lines_costs_nothing(self):
        small, large = (self.session(place) for place in (self.small, self.large))
        for session in (small, large):
            session.with_user(self.karim)._record_entries(self.items(session, 5))
            self.approve(session)

        cost = self.cost_per_line(small.action_post, large.action_post, 270)

        self.assertEqual(large.state, "done")
        self.assertLessEqual(cost, BATCH)
