"""The base of the tests of looking things up: who asks, and what they are answered."""

import uuid
from datetime import timedelta

from odoo import fields

from .sync_case import SyncCase

ENVELOPE = {"status", "card", "matches", "more", "blind", "at"}


def amounts(quantity, reserved):
    return {"quantity": quantity, "reserved": reserved, "free": quantity - reserved}


class LookupCase(SyncCase):
    """A few goods with codes of every kind; the other company has its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.add_other_company()
        cls.bolt.write({"default_code": "BLT", "list_price": 12.5})
        cls.box = cls.env["uom.uom"].create(
            {"name": "Box of 50", "relative_factor": 50, "relative_uom_id": cls.bolt.uom_id.id}
        )
        cls.env["product.uom"].create(
            {"product_id": cls.bolt.id, "uom_id": cls.box.id, "barcode": "PACK-50"}
        )
        cls.lot = cls.make_lot(cls.milk, "L-1")
        cls.package = cls.env["stock.package"].create({"name": "PK-9"})
        cls.theirs = cls.make_product(
            "Foreign", company_id=cls.other_company.id, barcode="3700000000099"
        )
        cls.their_milk = cls.make_product(
            "Foreign milk", company_id=cls.other_company.id, tracking="lot"
        )
        cls.their_lot = cls.make_lot(cls.their_milk, "THEIR-LOT")
        cls.their_package = cls.env["stock.package"].create({"name": "THEIR-PK"})
        cls.stock(cls.theirs, cls.other_bin, 9, package=cls.their_package)

    def ask(self, user=None, **question):
        """Return what a registered handheld is answered."""
        user = user or self.karim
        if not self.env["stockex.sync.device"].search([("uuid", "=", self.device(user))]):
            self.hello(user)
        call = {"device": self.device(user), "protocol": 1, **question}
        self.env.flush_all()
        self.env.invalidate_all()
        answer = self.env(user=user)["stockex.sync.lookup"]._serve(call)
        self.assertEqual(set(answer), ENVELOPE)
        return answer

    def card(self, user=None, **question):
        """Return the card of the one thing that is meant."""
        answer = self.ask(user, **question)
        self.assertEqual((answer["status"], answer["matches"], answer["more"]), ("one", [], 0))
        return answer["card"]

    def see(self, **question):
        """Return the card that a controller gets."""
        return self.card(self.carla, **question)

    def said(self, answer):
        """Return an answer without the time of it."""
        return {name: value for name, value in answer.items() if name != "at"}

    def found(self, user=None, **question):
        """Return what a question finds, as `(kind, id)`."""
        answer = self.ask(user, **question)
        rows = [answer["card"]] if answer["card"] else answer["matches"]
        return [(row["kind"], row["id"]) for row in rows]

    def days(self, number):
        return fields.Datetime.now() + timedelta(days=number)

    def never_seen(self):
        """Return a code that nobody knows."""
        return uuid.uuid4().hex
