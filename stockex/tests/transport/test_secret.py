import os
import stat
import tempfile
from pathlib import Path
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import AccessError, UserError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged
from odoo.tools import SQL, config, mute_logger

from ...models.transport.key_ring import FILE, VARIABLE
from ..common import ROLES, CountCase

CLEAR = "s3cr3t-Pâssword"


@tagged("post_install", "-at_install")
class TestSecret(CountCase):
    roles = tuple(ROLES)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.sana.group_ids += cls.env.ref("base.group_allow_export")
        cls.key, cls.new_key = (Fernet.generate_key().decode() for _key in range(2))

    def setUp(self):
        super().setUp()
        self.use_keys(self.key)
        self.env["stockex.secret"].search([]).unlink()  # of other keys
        self.secret = self.env["stockex.secret"].create(
            {"name": "Token", "company_id": self.company.id, "value": CLEAR}
        )

    def use_keys(self, keys):
        changed = patch.dict(os.environ, {VARIABLE: keys})
        changed.start()
        self.addCleanup(changed.stop)

    def use_file(self):
        """Keep the key in a file of a folder of its own."""
        self.use_keys("")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        changed = patch.dict(config.options, {"data_dir": folder.name})
        changed.start()
        self.addCleanup(changed.stop)
        return Path(folder.name) / FILE

    def stored(self):
        self.env.flush_all()
        [row] = self.env.execute_query(
            SQL("SELECT ROW_TO_JSON(s)::text FROM stockex_secret s WHERE id = %s", self.secret.id)
        )
        return row[0]

    # --- Round trip ---

    def test_server_code_gets_back_what_was_written(self):
        self.assertEqual(self.secret._reveal(), CLEAR)

    def test_the_database_holds_it_encrypted_only(self):
        self.assertNotIn(CLEAR, self.stored())
        self.assertNotIn("s3cr3t", self.stored())

    def test_a_new_value_replaces_the_old_and_an_empty_one_removes_it(self):
        self.secret.value = "other"
        self.assertEqual(self.secret._reveal(), "other")

        self.secret.value = False

        self.assertFalse(self.secret.is_set)
        with self.assertRaisesRegex(UserError, "“Token” is not set"):
            self.secret._reveal()

    def test_a_write_of_something_else_leaves_the_value(self):
        self.secret.name = "Key"

        self.assertEqual(self.secret._reveal(), CLEAR)

    # --- Nobody reads it ---

    def test_no_field_gives_it_back_not_even_in_the_transaction_that_wrote_it(self):
        secret = self.secret.with_user(self.sana)

        saved = secret.web_save({"value": "fresh"}, {"value": {}, "is_set": {}})
        [values] = secret.read()

        self.assertEqual(saved, [{"id": secret.id, "value": False, "is_set": True}])
        self.assertEqual((values["value"], values["is_set"]), (False, True))
        self.assertNotIn("ciphertext", values)
        self.assertEqual(secret.export_data(["name", "value"])["datas"], [["Token", ""]])

    def test_the_stored_field_is_nobodys(self):
        secret = self.secret.with_user(self.sana)

        for reading in (
            lambda: secret.read(["ciphertext"]),
            lambda: secret.export_data(["ciphertext"]),
            lambda: secret.search([("ciphertext", "=like", "g%")]),
            lambda: secret.write({"ciphertext": "x"}),
            lambda: secret.formatted_read_group([], ["ciphertext"]),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                reading()
        self.assertNotIn("ciphertext", secret.fields_get())

    def test_only_the_suite_administrator_has_secrets_at_all(self):
        for login in ROLES:
            secret = self.secret.with_user(getattr(self, login))
            if login == "sana":
                self.assertTrue(secret.is_set)
                continue
            for use in (
                lambda s=secret: s.read(["name"]),
                lambda s=secret: s.write({"value": "x"}),
                lambda s=secret: s.create({"name": "Mine", "value": "x"}),
                lambda s=secret: s._reveal(),
                lambda s=secret: s.unlink(),
            ):
                with self.assertRaises(AccessError):
                    use()
        self.assertEqual(self.secret._reveal(), CLEAR)

    def test_another_companys_secret_is_out_of_reach(self):
        other = self.env["stockex.secret"].create(
            {"name": "Token", "company_id": self.other_company.id, "value": "theirs"}
        )

        with self.assertRaises(AccessError):
            other.with_user(self.sana).write({"value": "mine"})

        self.assertEqual(other._reveal(), "theirs")

    def test_a_copy_has_no_value(self):
        copied = self.secret.copy({"name": "Copy"})

        self.assertFalse(copied.is_set)

    def test_no_log_holds_it(self):
        with self.assertLogs("odoo.sql_db", "DEBUG") as logs:
            self.env["stockex.secret"].create({"name": "Logged", "value": "unloggable"})
            self.env.flush_all()
            self.env["stockex.secret"].search([("name", "=", "Logged")])._reveal()

        self.assertFalse([line for line in logs.output if "unloggable" in line])

    # --- Keys ---

    def test_an_old_key_still_opens_and_a_rotation_frees_from_it(self):
        self.use_keys(f"{self.new_key},{self.key}")
        self.assertEqual(self.secret._reveal(), CLEAR)

        self.env["stockex.secret"]._rotate()

        self.use_keys(self.new_key)
        self.assertEqual(self.secret._reveal(), CLEAR)

    def test_a_wrong_key_says_so_and_changes_nothing(self):
        before = self.stored()
        self.use_keys(self.new_key)

        with self.assertRaisesRegex(UserError, "“Token” was encrypted with another key"):
            self.secret._reveal()
        with self.assertRaisesRegex(UserError, "“Token” was encrypted with another key"):
            self.env["stockex.secret"]._rotate()

        self.assertEqual(self.stored(), before)

    def test_a_key_that_is_none_is_refused_without_showing_it(self):
        self.use_keys("not-a-key")

        with self.assertRaisesRegex(UserError, VARIABLE) as caught:
            self.secret._reveal()

        self.assertNotIn("not-a-key", str(caught.exception))

    def test_the_key_file_is_made_once_and_private(self):
        path = self.use_file()

        self.secret.value = "first"
        text = path.read_text()
        self.secret.value = "second"

        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(path.read_text(), text)
        self.assertEqual(list(path.parent.iterdir()), [path])
        self.assertEqual(self.secret._reveal(), "second")

    def test_a_key_file_that_others_can_read_is_refused(self):
        path = self.use_file()
        self.secret.value = "first"

        for mode in (0o640, 0o604, 0o660):
            path.chmod(mode)
            with self.assertRaisesRegex(UserError, "Set its mode to 0600"):
                self.secret._reveal()
        path.chmod(0o600)
        self.assertEqual(self.secret._reveal(), "first")

    def test_a_key_file_that_is_a_link_is_refused(self):
        path = self.use_file()
        target = path.with_name("elsewhere")
        target.write_text(self.key)
        target.chmod(0o600)
        path.symlink_to(target)

        with self.assertRaisesRegex(UserError, "cannot be read"):
            self.secret._reveal()

    # --- The server's own ---

    def test_a_companys_own_secret_is_made_once(self):
        secrets = self.env["stockex.secret"].with_user(self.karim)

        first, again = (secrets._ensure("Signing", self.company) for _time in range(2))
        other = secrets._ensure("Signing", self.other_company)

        self.assertEqual(first, again)
        self.assertNotEqual(first, other)
        self.assertGreaterEqual(len(first), 43)

    def test_neutralising_a_copy_wipes_every_value(self):
        self.env.flush_all()

        for query in get_neutralization_queries(["stockex"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()

        self.assertEqual(self.env["stockex.secret"].search([]).filtered("is_set").ids, [])
        self.assertIn('"ciphertext":null', self.stored())
