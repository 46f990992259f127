"""What the tests of rules and of escalation share: who was told what, and the clock."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time

from ..common import CountCase

POSTED = {"session": "CNT/1", "posted": 2, "failed": 0, "value": -1234.5, "currency": "EUR"}


class NotifyCase(CountCase):
    """A count's people, no rules but those of the test, messages caught before delivery."""

    roles = ("karim", "lea", "carla", "anton", "ada", "sana")
    catching = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["stockex.notify.rule"].search([]).active = False
        cls.env["stockex.escalation.rule"].search([]).active = False
        cls.env["stockex.notify.pending"].search([]).unlink()
        cls.stock(cls.bolt, cls.bin_a, 70)
        cls.told = []
        told = cls.told

        def catch(_telling, messages):
            told.extend((one["users"], one["subject"], one["text"], one) for one in messages)

        if cls.catching:
            telling = type(cls.env["stockex.notify.telling"])
            cls.startClassPatcher(patch.object(telling, "_post", catch))
        cls.startClassPatcher(
            patch.object(
                type(cls.env["ir.cron"]), "_commit_progress", lambda *_args, **_kw: float("inf")
            )
        )

    def setUp(self):
        super().setUp()
        self.told.clear()

    def at(self, moment):
        """Stop the clock at an instant, UTC."""
        return freeze_time(moment)

    def emit(self, name, record, **payload):
        return self.env["stockex.event"]._emit(name, record, {record.id: payload})

    def run_rules(self):
        """Let the cron read the queue; return (subject, logins) of each message."""
        self.told.clear()
        self.env["stockex.notify.pending"]._cron_apply()
        return self.heard()

    def heard(self):
        return [(subject, self.logins(users)) for users, subject, _text, _more in self.told]

    @contextmanager
    def refused(self, words, error=ValidationError):
        """Check that the block is refused with these words and undone."""
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            yield
            self.env.flush_all()
        self.env.invalidate_all()

    @staticmethod
    def logins(users):
        return sorted(login.partition("@")[0] for login in users.mapped("login"))


class RuleCase(NotifyCase):
    """A rule that tells a posted count to its controller."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count_session = cls.draft(title="Aisle A")
        cls.template = cls.make_template("count.posted", "{{ session }}: {{ value | money }}")
        cls.rule = cls.make_rule(to_responsible=True)

    @classmethod
    def make_template(cls, event_name, subject, **vals):
        vals = {"name": subject, "event_name": event_name, "subject": subject, "text": "x", **vals}
        return cls.env["stockex.notify.template"].create(vals)

    @classmethod
    def make_rule(cls, **vals):
        return cls.env["stockex.notify.rule"].create(
            {
                "name": "Posted",
                "event_name": "count.posted",
                "template_id": cls.template.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def posted(self, record=None, **changes):
        return self.emit("count.posted", record or self.count_session, **(POSTED | changes))
