"""The base of the tests of handhelds: devices of people who count, and what they send."""

import uuid
from datetime import UTC, datetime, timedelta

from odoo.addons.stockex.tests.common import CountCase


class SyncCase(CountCase):
    """Devices push as their users do; time is told in seconds before now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = {}
        cls.numbers = {}

    @classmethod
    def begun(cls, *places, **vals):
        """Return a session that takes counts since yesterday."""
        session = cls.session(*places, **vals)
        session.sudo().started_at = datetime.now() - timedelta(days=1)
        return session

    @classmethod
    def device(cls, user=None):
        """Return the UUID of the user's handheld."""
        user = user or cls.karim
        return cls.devices.setdefault(user, str(uuid.uuid4()))

    def hello(self, user=None, **sent):
        user = user or self.karim
        call = {"device": self.device(user), "protocol": 1, "now": self.now(), **sent}
        return self.env(user=user)["stockex.sync.device"]._hello(call)

    def now(self, ago=0.0, skew=timedelta(0)):
        """Return an instant as a device writes it, whose clock is ahead by `skew`."""
        moment = datetime.now(UTC) - timedelta(seconds=ago) + skew
        return moment.isoformat().replace("+00:00", "Z")

    def op(self, kind="count", session=None, **vals):
        """Return a new operation, numbered in the order in which they are made."""
        self.numbers["last"] = self.numbers.get("last", 0) + 1
        session = session or self.open
        return {
            "op": str(uuid.uuid4()),
            "seq": self.numbers["last"],
            "kind": kind,
            "session": session if isinstance(session, str) else session.id,
            "at": self.now(1),
            **vals,
        }

    def set(self, line, quantity, base=None, **vals):
        """Return a correction that knows the line as it is, or as `base` says."""
        return self.op(
            line=line.id, quantity=quantity, mode="set", base=base or self.base(line), **vals
        )

    def add(self, line, quantity, **vals):
        return self.op(line=line.id, quantity=quantity, **vals)

    def push(self, *ops, user=None, device=None, **sent):
        """Send operations; return their answers."""
        user = user or self.karim
        call = {
            "device": device or self.device(user),
            "protocol": 1,
            "now": self.now(),
            "ops": list(ops),
            **sent,
        }
        found = self.env(user=user)["stockex.sync.push"]._push(call)
        self.env.flush_all()
        self.env.invalidate_all()
        return found["results"]

    def one(self, op, **options):
        """Send one operation; return its answer."""
        [answer] = self.push(op, **options)
        return answer

    def page(self, name, user=None, **sent):
        self.hello(user)
        user = user or self.karim
        call = {"device": self.device(user), "protocol": 1, "slice": name, **sent}
        return self.env(user=user)["stockex.sync.catalogue"]._serve(call)

    def rows(self, name, user=None, **sent):
        return {row["id"]: row for row in self.page(name, user, **sent)["rows"]}

    def base(self, line, user=None):
        [row] = line.with_user(user or self.karim)._read_for_handheld()
        return row["base"]

    def row(self, op):
        """Return the row that keeps an operation."""
        return self.env["stockex.sync.operation"].search([("uuid", "=", op["op"].lower())])

    def entries(self, line):
        return self.env["stockex.count.entry"].search([("line_id", "=", line.id)])

    def total(self, line):
        line.invalidate_recordset()
        return line.counted_quantity

    # --- Assertions ---

    def assert_answer(self, answer, status, code=None):
        self.assertEqual((answer["status"], answer["code"]), (status, code), answer)

    def assert_rejected(self, op, code, *words, **options):
        """Check that an operation is refused, kept with its reason, and counts nowhere."""
        before = self.footprint()
        answer = self.one(op, **options)
        self.assert_answer(answer, "rejected", code)
        for word in words:
            self.assertIn(word, answer["message"])
        self.assertEqual(self.footprint(), before)
        row = self.row(op)
        self.assertEqual((row.status, row.code, row.message), ("rejected", code, answer["message"]))
        return answer
