import base64

from odoo.exceptions import AccessError, UserError

from ..common import CountCase
from .files import check, upload, xlsx


class TestImportAccess(CountCase):
    """Controllers of the company import; nobody else, by no door."""

    roles = ("karim", "lea", "carla", "anton", "quentin", "ada")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.session_1 = cls.session(cls.bin_a | cls.bin_b)
        cls.data = xlsx([("SX-Bolt", "A-01", None, 11)])

    def test_only_controllers_import(self):
        for user in (self.karim, self.anton, self.quentin, self.ada):
            with self.subTest(user.login), self.assert_refused(error=AccessError):
                upload(self.session_1, self.data, user=user)

    def test_another_companys_controller_neither_imports_nor_reads(self):
        record = check(self.session_1, self.data)

        with self.assert_refused(error=AccessError):
            upload(self.session_1, self.data, user=self.omar)
        for records in (record, record.column_ids, record.row_ids):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(self.omar).read(["id", "create_date"])
        with self.assertRaises(AccessError):
            self.env["stockex.document.import"].with_user(self.omar)._build(
                record.with_user(self.omar)
            )

    def test_the_other_roles_still_read_a_session_whole(self):
        check(self.session_1, self.data)

        for user in (self.karim, self.anton, self.quentin, self.ada):
            [values] = self.session_1.with_user(user).read()
            with self.subTest(user.login):
                self.assertEqual(values["import_count"], 1)
                self.assertNotIn("import_ids", values)

    def test_a_product_of_another_company_is_refused(self):
        self.make_product("Tagine", company_id=self.other_company.id)

        record = check(self.session_1, xlsx([("SX-Tagine", "A-01", None, 1)]))

        self.assertEqual(record.row_ids.code, "product_other_company")

    def test_what_the_flow_sets_cannot_be_written(self):
        record = check(self.session_1, self.data)

        for vals in ({"state": "done"}, {"good_count": 5}, {"checksum": "x"}):
            with self.subTest(vals), self.assert_refused("buttons only", error=AccessError):
                record.write(vals)
        with self.assertRaises(AccessError):
            record.column_ids[0].header = "Other"
        with self.assertRaises(AccessError):
            record.row_ids.quantity = 5
        other = self.draft(self.bin_c)
        with self.assertRaises(AccessError):
            record.session_id = other

    def test_a_done_import_cannot_change_or_go(self):
        record = check(self.session_1, self.data)
        record.action_import()

        with self.assertRaises(UserError):
            record.file = base64.b64encode(self.data)
        with self.assertRaises(UserError):
            record.unlink()
