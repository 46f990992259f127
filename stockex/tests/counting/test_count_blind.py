from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CountCase

LINE_SECRETS = (
    "book_quantity",
    "unit_cost",
    "book_at_count",
    "difference",
    "difference_value",
    "verdict",
    "decision",
    "decided_by_id",
    "move_id",
    "reversed_line_id",
)
SESSION_SECRETS = (
    "planned_line_count",
    "planned_value",
    "matched_count",
    "different_count",
    "moved_count",
    "accuracy",
    "book_value",
    "net_variance_value",
    "gross_variance_value",
)
ENTRY_SECRETS = ("book_quantity",)
STORED = ("unit_cost", "difference", "difference_value", "book_quantity", "book_at_count")


@tagged("post_install", "-at_install")
class TestCountBlind(CountCase):
    """A counter learns nothing of the book, by any door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 7654)
        cls.running = cls.session()
        cls.count(cls.running, {cls.line(cls.running, cls.bolt): 7000})
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.karim.group_ids += cls.env.ref("base.group_allow_export")
        cls.blind = cls.env(user=cls.karim)
        cls.places = (
            ("stockex.count.session", SESSION_SECRETS),
            ("stockex.count.line", LINE_SECRETS),
            ("stockex.count.entry", ENTRY_SECRETS),
        )

    def each_secret(self):
        for model, names in self.places:
            records = self.blind[model].search([])
            self.assertEqual(len(records), 1, model)
            for name in names:
                yield records, name

    def refused(self, door, records, name, call):
        with (
            self.subTest(door=door, model=records._name, field=name),
            self.assertRaises(AccessError),
        ):
            call()

    def test_secrets_are_not_read(self):
        for records, name in self.each_secret():
            self.refused("read", records, name, lambda r=records, n=name: r.read([n]))
            self.refused("attribute", records, name, lambda r=records, n=name: r[n])
            self.refused("mapped", records, name, lambda r=records, n=name: r.mapped(n))
            self.refused(
                "search_read", records, name, lambda r=records, n=name: r.search_read([], [n])
            )
            self.refused("web_read", records, name, lambda r=records, n=name: r.web_read({n: {}}))

    def test_secrets_are_not_exported(self):
        for records, name in self.each_secret():
            self.refused("export", records, name, lambda r=records, n=name: r.export_data([n]))

    def test_secrets_are_not_searched_sorted_or_grouped_by(self):
        for records, name in self.each_secret():
            if not records._fields[name].store:
                continue
            model = records.browse()
            for door, call in (
                ("search", lambda m=model, n=name: m.search([(n, "!=", False)])),
                ("count", lambda m=model, n=name: m.search_count([(n, "!=", False)])),
                ("order", lambda m=model, n=name: m.search([], order=n)),
                ("group", lambda m=model, n=name: m.formatted_read_group([], [n], ["__count"])),
                ("web", lambda m=model, n=name: m.web_read_group([], [n], ["__count"])),
                ("old group", lambda m=model, n=name: m.read_group([], [n], [n])),
                ("filter", lambda r=records, n=name: r.filtered_domain([(n, "!=", False)])),
            ):
                self.refused(door, records, name, call)

    def test_secrets_are_not_summed(self):
        lines = self.blind["stockex.count.line"]
        for name in STORED:
            self.refused(
                "sum",
                lines,
                name,
                lambda n=name: lines.formatted_read_group([], ["product_id"], [f"{n}:sum"]),
            )
            self.refused(
                "having",
                lines,
                name,
                lambda n=name: lines._read_group(
                    [], ["product_id"], ["__count"], having=[(f"{n}:sum", ">", 0)]
                ),
            )

    def test_secrets_are_not_reached_through_relations(self):
        session, line, entry = (self.blind[model] for model, _names in self.places)
        doors = (
            (session, lambda: session.search([("line_ids.book_quantity", ">", 5)])),
            (session, lambda: session.search([("line_ids", "any", [("difference", ">", 5)])])),
            (entry, lambda: entry.search([("line_id.verdict", "=", "different")])),
            (line, lambda: line.search([("entry_ids.book_quantity", ">", 5)])),
            (entry, lambda: entry.search([]).export_data(["line_id/book_quantity"])),
            (
                session,
                lambda: session.search([]).web_read(
                    {"line_ids": {"fields": {"book_quantity": {}}}}
                ),
            ),
        )
        for model, call in doors:
            self.refused("relation", model, "", call)

    def test_whole_records_come_without_the_secrets(self):
        for model, names in self.places:
            records = self.blind[model].search([])

            [values] = records.read()

            self.assertFalse(set(names) & set(values), model)
            self.assertFalse(set(names) & set(records.fields_get()), model)
            self.assertNotIn("7654", str(values))
            self.assertNotIn("-654", str(values))

    def test_what_recording_and_scanning_answer_holds_no_secret(self):
        session = self.running.with_user(self.karim)
        line = self.line(self.running, self.bolt)

        recorded = session.action_record(
            [{"line_id": line.id, "quantity": 1, "uuid": "u-1", "mode": "set"}]
        )
        scanned = session.action_scan(self.bolt.barcode, self.bin_a.id)

        keys = {"line_id", "product", "location", "lot", "counted", "uom", "unexpected"}
        self.assertEqual([set(row) for row in recorded], [keys])
        self.assertEqual(set(scanned), keys | {"type"})

    def test_the_stock_itself_is_closed_to_a_counter(self):
        for model in ("stock.quant", "report.stock.quantity", "stock.move", "stock.move.line"):
            with self.subTest(model=model):
                self.assertFalse(self.found(model, [("product_id", "=", self.bolt.id)]))

    def test_a_product_does_not_tell_its_quantity_to_a_counter(self):
        product = self.bolt.with_env(self.blind)
        for name in ("qty_available", "free_qty", "virtual_available", "total_value"):
            with self.subTest(field=name):
                self.assertNotEqual(self.value(product, name), 7654)
        for model in ("product.product", "product.template"):
            with self.subTest(model=model):
                self.assertFalse(self.found(model, [("qty_available", ">", 7000)]))
                self.assertFalse(self.found(model, [("virtual_available", ">", 7000)]))

    def test_places_do_not_tell_their_contents_to_a_counter(self):
        for model, domain in (
            ("stock.location", [("quant_ids.quantity", ">", 7000)]),
            ("stock.location", [("quant_ids", "any", [("product_id", "=", self.bolt.id)])]),
            ("product.product", [("stock_quant_ids.quantity", ">", 7000)]),
        ):
            with self.subTest(domain=domain):
                self.assertFalse(self.found(model, domain))

    def test_who_needs_the_stock_for_his_work_still_sees_it(self):
        self.karim.group_ids += self.env.ref("sales_team.group_sale_salesman")

        mine = self.found("stock.quant", [("product_id", "=", self.bolt.id)])
        self.assertEqual(mine.quantity, 7654)
        quants = self.env["stock.quant"].with_user(self.carla)
        self.assertEqual(quants.search([("product_id", "=", self.bolt.id)]).quantity, 7654)

    def value(self, product, name):
        try:
            return product[name]
        except AccessError:
            return None

    def found(self, model, domain):
        try:
            return self.blind[model].search(domain)
        except AccessError:
            return self.blind[model]
