import json
import logging
import os
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ...logging_json import JsonFormatter, post_load


@tagged("post_install", "-at_install")
class TestLoggingJson(BaseCase):
    def record(self, message, *args, **more):
        return logging.LogRecord("odoo.x", logging.WARNING, "f.py", 1, message, args, None, **more)

    def test_a_record_is_one_json_object_on_one_line(self):
        text = JsonFormatter().format(self.record("Bolt é %s\nsecond", 3))

        entry = json.loads(text)
        self.assertNotIn("\n", text)
        self.assertEqual(
            (entry["level"], entry["logger"], entry["message"]),
            ("WARNING", "odoo.x", "Bolt é 3\nsecond"),
        )
        self.assertTrue(entry["time"].endswith("+00:00"))

    def test_an_exception_goes_along(self):
        try:
            raise ValueError("broken bin")
        except ValueError as error:
            record = self.record("failed")
            record.exc_info = (type(error), error, error.__traceback__)

        entry = json.loads(JsonFormatter().format(record))

        self.assertIn("ValueError: broken bin", entry["exception"])

    def test_only_the_environment_turns_it_on(self):
        handler = logging.NullHandler()
        with patch.object(logging.getLogger(), "handlers", [handler]):
            with patch.dict(os.environ, {"STOCKEX_LOG": ""}):
                post_load()
            self.assertNotIsInstance(handler.formatter, JsonFormatter)
            with patch.dict(os.environ, {"STOCKEX_LOG": "json"}):
                post_load()
            self.assertIsInstance(handler.formatter, JsonFormatter)
