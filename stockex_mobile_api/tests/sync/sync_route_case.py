"""The base of the tests of a route: counts made at chosen moments."""

import uuid
from datetime import datetime

from .sync_case import SyncCase

DAY = "2026-03-10"


class RouteCase(SyncCase):
    """A counter's day in three bins, read by a controller in Paris."""

    roles = ("karim", "lea", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        for place in (cls.bin_a, cls.bin_b, cls.bin_c):
            cls.stock(cls.bolt, place, 5)
            cls.stock(cls.phone, place, 1, lot=cls.make_lot(cls.phone, f"P-{place.name}"))
        cls.places = cls.bin_a | cls.bin_b | cls.bin_c
        cls.open = cls.session(cls.places)
        cls.carla.tz = "Europe/Paris"
        cls.lines = {
            (product, place): cls.line(cls.open, product, place)
            for product in (cls.bolt, cls.phone)
            for place in cls.places
        }

    def entry(self, product, place, at, user=None, session=None, **vals):
        """Write an entry as if it had been made then; Paris is an hour ahead of it."""
        line = self.lines[product, place]
        return self.env["stockex.count.entry"].create(
            {
                "line_id": line.id,
                "session_id": line.session_id.id,
                "company_id": line.session_id.company_id.id,
                "user_id": (user or self.karim).id,
                "quantity": 1,
                "counted_at": datetime.fromisoformat(at),
                "uuid": str(uuid.uuid4()),
                **vals,
            }
        )

    def walk(self):
        """Count bolts and phones in A, bolts in B after a gap, and phones in A once more."""
        self.entry(self.bolt, self.bin_a, f"{DAY} 08:00:00")
        first = self.entry(self.phone, self.bin_a, f"{DAY} 08:02:00")
        self.entry(self.bolt, self.bin_b, f"{DAY} 08:05:00")
        self.entry(self.phone, self.bin_b, f"{DAY} 08:25:00")
        again = self.entry(self.phone, self.bin_a, f"{DAY} 08:28:00")
        first.superseded_by_id = again

    def fail_at_times(self):
        """Have a conflict in B, and two operations rejected: one in A, one nowhere."""
        self.fault("conflict", f"{DAY} 08:26:00", self.bin_b)
        self.fault("rejected", f"{DAY} 08:30:00", self.bin_a)
        self.fault("rejected", f"{DAY} 08:31:00")
        self.fault("applied", f"{DAY} 08:31:00", self.bin_a)

    def fault(self, status, at, place=None, user=None, **vals):
        user = user or self.karim
        self.hello(user)
        device = self.env["stockex.sync.device"].search([("uuid", "=", self.device(user))])
        return self.env["stockex.sync.operation"].create(
            {
                "uuid": str(uuid.uuid4()),
                "device_id": device.id,
                "user_id": user.id,
                "company_id": self.company.id,
                "kind": "count",
                "status": status,
                "corrected_at": datetime.fromisoformat(at),
                "received_at": datetime.fromisoformat(at),
                "location_id": place.id if place else False,
                **vals,
            }
        )

    def route(self, user=None, day=DAY, reader=None, session=None, **context):
        model = self.env(user=reader or self.carla)["stockex.sync.route"]
        return model.with_context(**context).route((user or self.karim).id, day, session)
