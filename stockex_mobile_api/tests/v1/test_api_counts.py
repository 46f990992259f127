import io
import uuid
from unittest.mock import patch

from openpyxl import load_workbook
from PIL import Image

from odoo.tests import tagged

from .common import ApiCase

JPEG = {"Content-Type": "image/jpeg"}
FILES = "odoo.addons.stockex_mobile_api.controllers.v1.count_files"


@tagged("post_install", "-at_install")
class TestApiCounts(ApiCase):
    roles = ("karim", "lea", "carla", "anton", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)
        cls.controller = cls.key(cls.carla)
        cls.approver = cls.key(cls.anton)
        cls.counter = cls.key(cls.karim)

    def prepared(self, **body):
        plan = {
            "scope": "locations",
            "location_ids": self.bin_a.ids,
            "counter_ids": self.karim.ids,
            "title": "Shelf",
        }
        return self.send("POST", "/counts", self.controller, {**plan, **body}, 201)["id"]

    def started(self):
        count = self.prepared()
        self.send("POST", f"/counts/{count}/start", self.controller, {})
        return count

    def entered(self, quantity):
        count = self.started()
        line = self.get(f"/counts/{count}/lines", self.counter)["data"][0]["id"]
        entry = {"uuid": str(uuid.uuid4()), "quantity": quantity, "line_id": line}
        body = {"entries": [entry]}
        self.send("POST", f"/counts/{count}/entries", self.counter, body)
        return count, line

    def work_off(self, count):
        """Do the posting that the queue would do."""
        session = self.env["stockex.count.session"].browse(count)
        while session.job_id.state in ("waiting", "running"):
            session.job_id._run_chunk()

    def test_a_count_goes_its_whole_way(self):
        count, line = self.entered(7)

        shown = self.send("POST", f"/counts/{count}/submit", self.controller, {})
        self.assertEqual(
            (shown["state"], shown["different_count"], shown["net_variance_value"]),
            ("review", 1, -30.0),
        )
        shown = self.send("POST", f"/counts/{count}/approve", self.approver, {})
        self.assertEqual((shown["state"], shown["approver"]["id"]), ("approved", self.anton.id))
        shown = self.send("POST", f"/counts/{count}/post", self.controller, {}, 202)
        self.assertEqual(shown["state"], "posting")
        self.work_off(count)

        shown = self.get(f"/counts/{count}", self.controller)
        self.assertEqual((shown["state"], shown["posted_count"]), ("done", 1))
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 7)
        body = {"reason": "Wrong shelf", "line_ids": [line]}
        back = self.send("POST", f"/counts/{count}/reverse", self.approver, body, 202)
        self.assertEqual(back["reversal_of"]["id"], count)
        self.work_off(back["id"])
        self.assertEqual(self.on_hand(self.bolt, self.bin_a), 10)

    def test_an_approver_sends_a_count_back(self):
        count, _line = self.entered(7)
        self.send("POST", f"/counts/{count}/submit", self.controller, {})

        body = {"reason": "Look behind the door"}
        shown = self.send("POST", f"/counts/{count}/reject", self.approver, body)

        self.assertEqual(shown["state"], "counting")
        self.send("POST", f"/counts/{count}/reject", self.approver, body, 409)

    def test_a_template_is_counted_and_what_is_given_wins(self):
        template = self.env["stockex.count.template"].create(
            {
                "name": "Monthly",
                "company_id": self.company.id,
                "scope": "warehouse",
                "warehouse_id": self.warehouse.id,
                "counter_ids": [(6, 0, self.karim.ids)],
            }
        )

        body = {"template_id": template.id, "title": "March", "counter_ids": self.lea.ids}
        shown = self.send("POST", "/counts", self.controller, body, 201)

        self.assertEqual(
            (shown["title"], shown["template"], shown["warehouse"]["id"], shown["counter_ids"]),
            (
                "March",
                {"id": template.id, "name": "Monthly"},
                self.warehouse.id,
                self.lea.ids,
            ),
        )
        listed = self.get("/count-templates", self.controller)["data"]
        self.assertIn((template.id, "Monthly", 1), pick(listed, "id", "name", "session_count"))

    def test_a_draft_changes_and_a_started_count_keeps_its_scope(self):
        count = self.prepared()
        changed = {"title": None, "location_ids": (self.bin_a | self.bin_b).ids}

        shown = self.send("PATCH", f"/counts/{count}", self.controller, changed)

        self.assertEqual(
            (shown["title"], shown["location_ids"]), (None, (self.bin_a | self.bin_b).ids)
        )
        self.send("POST", f"/counts/{count}/start", self.controller, {})
        body = {"location_ids": self.bin_a.ids}
        refused = self.send("PATCH", f"/counts/{count}", self.controller, body, 409)
        self.assertEqual(refused["code"], "refused")
        self.send("DELETE", f"/counts/{count}", self.controller, status=409)
        self.send("POST", f"/counts/{count}/cancel", self.controller, {})
        self.assertIsNone(self.send("DELETE", f"/counts/{count}", self.controller, status=204))
        self.get(f"/counts/{count}", self.controller, 404)

    def test_who_counted_a_posted_count_stays(self):
        count, _line = self.entered(7)
        session = self.env["stockex.count.session"].browse(count)
        for state in ("posting", "done", "cancelled"):
            session.state = state
            for body in (
                {"counter_ids": self.lea.ids},
                {"auto_recount": True},
                {"posting_date": "2026-01-01"},
            ):
                with self.subTest(state=state, body=body):
                    response = self.call("PATCH", f"/counts/{count}", self.controller, body)
                    self.assert_problem(response, 409, "refused", "past the point")
        shown = self.get(f"/counts/{count}", self.controller)
        self.assertEqual((shown["counter_ids"], shown["auto_recount"]), (self.karim.ids, False))
        self.send("PATCH", f"/counts/{count}", self.controller, {"title": "Yearly"})

    def test_references_that_lead_nowhere_are_named(self):
        self.add_other_company()
        before = self.footprint()

        body = {"location_ids": [self.other_bin.id], "warehouse_id": 2**31 - 1}
        refused = self.send("POST", "/counts", self.controller, body, 409)

        self.assertEqual(refused["code"], "unknown_reference")
        self.assertEqual(
            sorted(fault["where"] for fault in refused["errors"]),
            ["body.location_ids", "body.warehouse_id"],
        )
        self.assertEqual(self.footprint(), before)

    def test_lists_are_filtered_and_sorted(self):
        first, second = self.prepared(title="Alpha"), self.prepared(title="Beta", kind="spot")
        self.send("POST", f"/counts/{second}/cancel", self.controller, {})
        # Instants of one transaction are equal: the test's own is one.
        cases = {
            "search=Alph": [first],
            "state=draft,counting": [first],
            "kind=spot": [second],
            f"counter_id={self.lea.id}": [],
            "sort=-name": [second, first],
            "updated_since=2999-01-01T00:00:00Z": [],
            f"company_id={self.company.id}": [first, second],
        }
        for query, wanted in cases.items():
            with self.subTest(query):
                found = self.get(f"/counts?{query}&fields=id", self.controller)["data"]
                self.assertEqual([one["id"] for one in found], wanted)

    def test_a_reason_and_a_note_are_written_in_review(self):
        count, line = self.entered(7)
        self.send("POST", f"/counts/{count}/submit", self.controller, {})
        reasons = self.get("/count-reasons", self.controller)["data"]
        shortage = next(one for one in reasons if one["direction"] != "surplus")

        body = {"reason_id": shortage["id"], "note": "Broken glass"}
        shown = self.send("PATCH", f"/counts/{count}/lines/{line}", self.controller, body)

        self.assertEqual((shown["reason"]["id"], shown["note"]), (shortage["id"], "Broken glass"))
        # Counters see lines only while they count.
        self.send("PATCH", f"/counts/{count}/lines/{line}", self.counter, body, 404)

    def test_lines_are_sent_back(self):
        count, line = self.entered(7)
        self.send("POST", f"/counts/{count}/submit", self.controller, {})
        path, body = f"/counts/{count}/lines/recount", {"line_ids": [line]}

        shown = self.send("POST", path, self.controller, body)["data"][0]

        self.assertEqual((shown["recount"], shown["recount_round"]), (True, 1))
        self.assertEqual(shown["counted_quantity"], 0)
        self.send("POST", path, self.controller, {"line_ids": [line, 2**31 - 1]}, 404)

    def test_photos_come_and_go(self):
        count, line = self.entered(7)
        path = f"/counts/{count}/lines/{line}/photos"

        added = self.call("POST", path, self.counter, data=picture(), headers=JPEG)

        photo = self.body(added, 201)
        self.assertEqual(photo["line"]["id"], line)
        self.assertTrue(added.headers["Location"].endswith(f"/counts/{count}/photos/{photo['id']}"))
        listed = self.get(f"/counts/{count}/photos", self.controller)["data"]
        self.assertEqual([one["id"] for one in listed], [photo["id"]])
        shown = self.call("GET", f"/counts/{count}/photos/{photo['id']}", self.controller)
        self.assertEqual(Image.open(io.BytesIO(shown.content)).size, (40, 30))
        theirs = f"/counts/{count}/photos/{photo['id']}"
        self.send("DELETE", theirs, self.controller, status=403)
        self.send("DELETE", theirs, self.counter, status=204)
        wrong = self.call("POST", path, self.counter, data=b"no picture", headers=JPEG)
        self.assertEqual(self.body(wrong, 409)["code"], "count_refused")

    def test_report_and_workbook_are_files(self):
        count, _line = self.entered(7)

        report = self.call("GET", f"/counts/{count}/report.pdf", self.controller)
        book = self.call("GET", f"/counts/{count}/report.xlsx", self.controller)

        self.assertTrue(report.content.startswith(b"%PDF-"))
        self.assertIn("attachment", report.headers["Content-Disposition"])
        self.assertIn("Bolt", str(list(load_workbook(io.BytesIO(book.content)).active.values)))

    def test_a_report_that_would_take_too_long_is_refused(self):
        count, _line = self.entered(7)
        self.send("POST", f"/counts/{count}/submit", self.controller, {})
        path = f"/counts/{count}/report.pdf"
        session = self.env["stockex.count.session"].browse(count)
        printed = self.env["stockex.document.count"]._printed_count(session, 100)

        with patch(f"{FILES}.PRINTED_AT_ONCE", printed - 1):
            refused = self.call("GET", path, self.controller)
        with patch(f"{FILES}.PRINTED_AT_ONCE", printed):
            taken = self.call("GET", path, self.controller)

        self.assert_problem(refused, 409, "too_many_lines", session.display_name)
        self.assertTrue(taken.content.startswith(b"%PDF-"))

    def test_templates_and_reasons_are_searched_by_name(self):
        vals = {"company_id": self.company.id, "scope": "warehouse"}
        vals["warehouse_id"] = self.warehouse.id
        made = self.env["stockex.count.template"].create(
            [{"name": name, **vals} for name in ("Monthly 100%", "Yearly")]
        )
        reasons = self.env["stockex.count.reason"].create([{"name": "Mice"}, {"name": "Rats"}])

        for path, search, wanted in (
            ("/count-templates", "monTH", made[0]),
            ("/count-templates", "0%", made[0]),
            ("/count-templates", "M%y", made[:0]),
            ("/count-reasons", "mic", reasons[0]),
            ("/count-reasons", "nobody", reasons[:0]),
        ):
            with self.subTest(path=path, search=search):
                found = self.get(path, self.controller, search=search)["data"]
                self.assertEqual([one["id"] for one in found], wanted.ids)


def pick(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 0, 0)).save(file, "JPEG")
    return file.getvalue()
