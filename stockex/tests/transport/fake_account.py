"""A concrete account for tests: posts its payload to a path below its address."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry

from ...pure.transport.request import Request
from ..common import CountCase
from .receiver import Receiver

NAME = "stockex.test.account"


def _model():
    # Defined here and not at import: Odoo would take it for a model of the addon.
    class FakeAccount(models.Model):
        _module = None
        _name = NAME
        _inherit = ["stockex.transport.account"]
        _description = "Account of a Test"
        _write_only = ("token",)

        token = fields.Char(compute="_compute_write_only", readonly=False, store=False, copy=False)

        def _prepare_request(self, call):
            if call.payload.get("broken"):
                raise ZeroDivisionError
            return Request(
                "POST",
                "/hook",
                headers={"Authorization": f"Bearer {self._secret('token')}"},
                json={"key": call.idempotency_key, **call.payload},
                family=call.family,
            )

        def _call_finished(self, call, outcome):
            finished.append((call.payload.get("number"), outcome.kind.value))

    return FakeAccount


finished = []


class TransportCase(CountCase):
    """A receiver on this machine, an account that reaches it, and an administrator."""

    roles = ("karim", "carla", "sana")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_model()
        cls.accounts = cls.env[NAME]
        cls.calls = cls.env["stockex.transport.call"]
        cls.sender = cls.env["stockex.transport.sender"]

    @classmethod
    def _add_model(cls):
        registry = cls.registry
        add_to_registry(registry, _model())
        cls.addClassCleanup(cls._remove_model)
        registry._setup_models__(cls.cr, [NAME])
        registry.init_models(cls.cr, [NAME], {"models_to_check": True})
        cls.env["ir.model.access"].create(
            {
                "name": NAME,
                "model_id": cls.env["ir.model"]._get_id(NAME),
                "group_id": cls.env.ref("stockex.group_controller").id,
                **dict.fromkeys(("perm_read", "perm_write", "perm_create", "perm_unlink"), True),
            }
        )

    @classmethod
    def _remove_model(cls):
        for parent in cls.registry.models.values():
            parent._inherit_children.discard(NAME)
        del cls.registry.models[NAME]
        cls.registry._setup_models__(cls.cr, [])

    def setUp(self):
        super().setUp()
        # Nothing that others left waiting is sent by a test.
        self.env.cr.execute("DELETE FROM stockex_transport_call")
        self.env.cr.execute("DELETE FROM stockex_transport_bucket")
        finished.clear()

    def receiver(self, *script):
        receiver = Receiver(*script)
        self.enterContext(receiver)
        return receiver

    def account(self, receiver, **vals):
        return self.accounts.create(
            {
                "name": "Alpha",
                "company_id": self.company.id,
                "base_url": receiver.url if receiver else "http://127.0.0.1:9",
                "allow_private": True,
                "timeout_s": 2,
                "token": "hunter22",
                **vals,
            }
        )

    def post(self, account, *numbers, **vals):
        return account._post_calls([{"payload": {"number": one}, **vals} for one in numbers])

    def let_pass(self, account=None):
        """Make everything due that waits, and rested what rests."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stockex_transport_call SET due_at = due_at - interval '10 days'"
        )
        self.env.cr.execute("UPDATE stockex_transport_health SET resting_until = NULL")
        self.env.invalidate_all()

    def send_due(self):
        return self.sender._send_due()
