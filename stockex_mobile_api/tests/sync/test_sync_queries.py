from odoo.tests import tagged

from .sync_case import SyncCase

# Queries that one more operation may cost: Odoo writes in chunks.
MORE = 0.1


@tagged("post_install", "-at_install")
class TestSyncQueries(SyncCase):
    """200 counts cost the queries of 20."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        products = cls.env["product.product"].create(
            [{"name": f"Part {number}", "is_storable": True} for number in range(200)]
        )
        cls.env["stock.quant"].create(
            [
                {"product_id": product.id, "location_id": place.id, "quantity": 5}
                for product in products
                for place in (cls.bin_a, cls.bin_b)
            ]
        )
        cls.open = cls.begun(cls.bin_a | cls.bin_b)
        lines = cls.open.sudo().line_ids
        cls.lines = lines.filtered(lambda line: line.location_id == cls.bin_a)
        cls.others = lines - cls.lines

    def queries(self, ops, expected="applied"):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answers = self.push(*ops)
        found = self.env.cr.sql_log_count - before
        self.assertEqual({one["status"] for one in answers}, {expected})
        return found

    def assert_constant(self, small, large, expected="applied"):
        few, many = self.queries(small, expected), self.queries(large, expected)
        self.assertLessEqual(many - few, MORE * (len(large) - len(small)), (few, many))
        return many

    def ops(self, lines, **vals):
        return [self.op(line=line.id, quantity=4, **vals) for line in lines]

    def test_counts_cost_a_constant_number_of_queries(self):
        self.one(self.op(line=self.others[0].id, quantity=1))

        many = self.assert_constant(self.ops(self.others[:20]), self.ops(self.lines))

        self.assertLessEqual(many, 100)
        self.assertEqual(sum(line.counted_quantity for line in self.lines), 800)

    def test_corrections_by_product_and_lines_sent_again_cost_no_more(self):
        self.one(self.op(line=self.others[0].id, quantity=1))
        small, large = self.ops(self.others[:20]), self.ops(self.lines)
        self.push(*small)
        self.push(*large)
        self.assert_constant(small, large, "duplicate")
        self.assert_constant(
            *(
                [
                    self.op(
                        product=line.product_id.id,
                        location=line.location_id.id,
                        quantity=6,
                        mode="set",
                        base=self.base(line),
                    )
                    for line in lines
                ]
                for lines in (self.others[:20], self.lines)
            )
        )

    def test_conflicts_and_a_closed_session_cost_no_more(self):
        self.one(self.op(line=self.others[0].id, quantity=1))
        self.count(self.open, dict.fromkeys(self.lines | self.others, 5), self.lea)
        few, many = (
            self.ops(lines, mode="set", base="e0") for lines in (self.others[:20], self.lines)
        )
        self.assert_constant(few, many, "conflict")
        self.open.with_user(self.carla).action_review()
        self.assert_constant(self.ops(self.others[:20]), self.ops(self.lines), "rejected")
