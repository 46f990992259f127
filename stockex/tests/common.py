"""Factories and the base of the suite's Odoo tests: one small business, every role."""

import uuid
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import SQL

ROLES = {
    "karim": "stockex.group_counter",
    "lea": "stockex.group_counter",
    "mona": "stockex.group_counter",
    "carla": "stockex.group_controller",
    "anton": "stockex.group_approver",
    "quentin": "stockex.group_quality_manager",
    "ada": "stockex.group_accountant",
    "sana": "stockex.group_suite_admin",
}

FOOTPRINT = """
    SELECT 'session', id, state, posting_date::text FROM stockex_count_session
    UNION ALL SELECT 'line', id, state, concat_ws(',', counted_quantity, verdict, decision,
                     recount, note, last_entry_at) FROM stockex_count_line
    UNION ALL SELECT 'entry', id, uuid, superseded_by_id::text FROM stockex_count_entry
    UNION ALL SELECT 'quant', id, product_id::text, quantity::text FROM stock_quant
    UNION ALL SELECT 'move', id, state, date::text FROM stock_move
    UNION ALL SELECT 'lot', id, name, NULL FROM stock_lot
    UNION ALL SELECT 'claim', id, location_id::text, NULL FROM stockex_count_claim
    UNION ALL SELECT 'journal', id, state, date::text FROM account_move
    UNION ALL SELECT 'event', id, name, NULL FROM stockex_event
    ORDER BY 1, 2"""


class CountCase(TransactionCase):
    """A company, three bins, three kinds of product, two counters and who leads them.

    The other roles and the second company cost a second of set-up: ask for them with
    `roles` and `add_other_company`.
    """

    roles = ("karim", "lea", "carla", "anton")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": True,
                "no_reset_password": True,
                "queue_job__no_delay": True,
            }
        )
        cls.company = cls.make_company("Maison Dupont", "base.EUR")
        # Reasons have their own tests; the others need not give any.
        cls.company.stockex_reason_amount = 10**9
        cls.env.user.company_ids |= cls.company
        cls.env.user.company_id = cls.company
        cls.warehouse = cls.make_warehouse(cls.company)
        cls.bin_a, cls.bin_b, cls.bin_c = (
            cls.make_bin(name, cls.warehouse.lot_stock_id) for name in ("A-01", "B-01", "C-01")
        )
        cls.customers = cls.env.ref("stock.stock_location_customers")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.make_products()
        for login in cls.roles:
            setattr(cls, login, cls.make_user(login, ROLES[login], cls.company))

    @classmethod
    def add_other_company(cls):
        """Add a company in another country, with its bin and its own controller."""
        cls.other_company = cls.make_company("Dar Atlas", "base.MAD")
        cls.env.user.company_ids |= cls.other_company
        other_stock = cls.make_warehouse(cls.other_company).lot_stock_id
        cls.other_bin = cls.make_bin("Z-01", other_stock)
        cls.omar = cls.make_user("omar", ROLES["carla"], cls.other_company)

    # --- Factories ---

    @classmethod
    def make_company(cls, name, currency):
        currency = cls.env.ref(currency)
        currency.active = True
        return cls.env["res.company"].create({"name": name, "currency_id": currency.id})

    @classmethod
    def make_warehouse(cls, company):
        return cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)

    @classmethod
    def make_bin(cls, name, parent, **vals):
        return cls.env["stock.location"].create(
            {
                "name": name,
                "location_id": parent.id,
                "usage": "internal",
                "barcode": f"LOC-{parent.company_id.id}-{name}",
                "company_id": parent.company_id.id,
                **vals,
            }
        )

    @classmethod
    def make_user(cls, login, groups, company):
        return new_test_user(
            cls.env,
            f"{login}@{company.id}.example",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def make_product(cls, name, cost=10.0, company=None, **vals):
        product = cls.env["product.product"].create(
            {"name": name, "is_storable": True, "default_code": f"SX-{name}", **vals}
        )
        product.with_company(company or cls.company).standard_price = cost
        return product

    @classmethod
    def make_products(cls):
        cls.bolt = cls.make_product("Bolt", 10.0, barcode="3700000000013")
        cls.milk = cls.make_product("Milk", 2.0, tracking="lot", barcode="3700000000020")
        cls.phone = cls.make_product("Phone", 300.0, tracking="serial")

    @classmethod
    def make_lot(cls, product, name):
        return cls.env["stock.lot"].create({"product_id": product.id, "name": name})

    @classmethod
    def stock(cls, product, location, quantity, lot=None, package=None, owner=None):
        """Put goods on the shelf without a move, as they were before we came."""
        cls.env["stock.quant"]._update_available_quantity(
            product, location, quantity, lot_id=lot, package_id=package, owner_id=owner
        )

    @classmethod
    def move(cls, product, source, target, quantity, lot=None, owner=None, **vals):
        """Move goods for real, now."""
        move = cls.env["stock.move"].create(
            cls.move_vals(product, source, target, quantity, lot, owner) | vals
        )
        move._action_done()
        return move

    @classmethod
    def receive(cls, product, location, quantity, cost, lot=None):
        """Receive goods at a cost a unit."""
        vals = {"value_manual": cost * quantity, "price_unit": cost}
        return cls.move(product, cls.suppliers, location, quantity, lot, **vals)

    @classmethod
    def move_vals(cls, product, source, target, quantity, lot=None, owner=None):
        places = {"location_id": source.id, "location_dest_id": target.id}
        company = source.company_id or target.company_id
        line = {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "quantity": quantity,
            "lot_id": lot.id if lot else False,
            "owner_id": owner.id if owner else False,
            "company_id": company.id,
        }
        return {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "picked": True,
            "company_id": company.id,
            "move_line_ids": [Command.create({**places, **line})],
            **places,
        }

    @classmethod
    def on_hand(cls, product, location, lot=None):
        quants = cls.env["stock.quant"].search(
            [("product_id", "=", product.id), ("location_id", "=", location.id)]
        )
        if lot:
            quants = quants.filtered(lambda quant: quant.lot_id == lot)
        return sum(quants.mapped("quantity"))

    # --- A count, by its roles ---

    @classmethod
    def draft(cls, locations=None, counters=None, **vals):
        """Prepare a session as the controller."""
        locations = cls.bin_a if locations is None else locations
        counters = cls.karim | cls.lea if counters is None else counters
        return (
            cls.env["stockex.count.session"]
            .with_user(cls.carla)
            .create(
                {
                    "company_id": cls.company.id,
                    "scope": "locations",
                    "location_ids": [Command.set(locations.ids)],
                    "counter_ids": [Command.set(counters.ids)],
                    **vals,
                }
            )
        )

    @classmethod
    def session(cls, locations=None, counters=None, **vals):
        """Prepare and start a session as the controller."""
        session = cls.draft(locations, counters, **vals)
        session.action_start()
        return session

    @classmethod
    def line(cls, session, product, location=None, lot=None, package=None, owner=None):
        """Find one line, with the rights of nobody in particular."""
        return session.sudo().line_ids.filtered(
            lambda line: (
                line.product_id == product
                and (location is None or line.location_id == location)
                and (lot is None or line.lot_id == lot)
                and (package is None or line.package_id == package)
                and (owner is None or line.owner_id == owner)
            )
        )

    @classmethod
    def count(cls, session, quantities, user=None, mode="set", **item):
        """Count lines as a counter.

        :param quantities: {line: quantity}.
        """
        lines = session.with_user(user or cls.karim)._record_entries(
            [
                {
                    "line_id": line.id,
                    "quantity": quantity,
                    "uuid": str(uuid.uuid4()),
                    "mode": mode,
                    **item,
                }
                for line, quantity in quantities.items()
            ]
        )
        return lines.sudo()

    @classmethod
    def find(cls, session, product, location, quantity, user=None, **item):
        """Count something by its key, expected or not."""
        lines = session.with_user(user or cls.karim)._record_entries(
            [
                {
                    "product_id": product.id,
                    "location_id": location.id,
                    "quantity": quantity,
                    "uuid": str(uuid.uuid4()),
                    **item,
                }
            ]
        )
        return lines.sudo()

    @classmethod
    def approve(cls, session):
        session.with_user(cls.carla).action_review()
        session.with_user(cls.anton).action_approve()

    @classmethod
    def post(cls, session):
        """Review, approve and post; the job runs at once."""
        cls.approve(session)
        session.with_user(cls.carla).action_post()

    @classmethod
    def moves_of(cls, session):
        return cls.env["stock.move"].search([("stockex_session_id", "in", session.ids)])

    # --- Assertions ---

    def footprint(self):
        """Return everything that a count may touch, row by row."""
        self.env.flush_all()
        return self.env.execute_query(SQL(FOOTPRINT))

    @contextmanager
    def assert_refused(self, *words, error=UserError):
        """Check that the block is refused with these words and leaves everything as it was."""
        before = self.footprint()
        with self.assertRaises(error) as caught:
            yield
        self.env.invalidate_all()
        for word in words:
            self.assertIn(word, str(caught.exception))
        self.assertEqual(self.footprint(), before)
