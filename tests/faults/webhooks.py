"""Endpoints for the receivers of a test, and what must be true of what they got."""

from collections.abc import Iterable, Mapping

from tests.support.simulators.message import Sent
from tests.support.simulators.webhook import WebhookReceiver

from .world import SESSION, World

ENDPOINT = "stockex.webhook.endpoint"
STEPS = ["count.created", "count.started", "count.cancelled"]


class Webhooks:
    """The endpoints of a controller, one for each receiver."""

    def __init__(self, world: World, receivers: Mapping[str, WebhookReceiver]) -> None:
        self.world = world
        self.receivers = receivers
        self.ids = {name: self._add(name, one) for name, one in receivers.items()}
        [self.bin] = world.make_bins(1)
        world.stock([self.bin], world.make_products(2))

    def _add(self, name: str, receiver: WebhookReceiver) -> int:
        admin = self.world.admin
        [known] = admin.call("stockex.webhook.event", "search", [["name", "=", "count.*"]])
        vals = {
            "name": name,
            "base_url": receiver.url + receiver.hook_path,
            "owner_id": self.world.carla.uid,
            "allow_private": True,
            "timeout_s": 20,
            "event_ids": [(6, 0, [known])],
        }
        endpoint = admin.call(ENDPOINT, "create", vals)
        shown = self.world.carla.call(ENDPOINT, "action_show_secret", [endpoint])
        receiver.rotate(shown["context"]["default_secret"])
        return int(endpoint)

    # --- Business ---

    def happen(self, counts: int) -> None:
        """Have counts made, started and cancelled: three events each."""
        counters = [self.world.karim.uid]
        vals = {
            "scope": "locations",
            "location_ids": [(6, 0, [self.bin])],
            "counter_ids": [(6, 0, counters)],
        }
        for _number in range(counts):
            session = self.world.carla.call(SESSION, "create", vals)
            self.world.carla.call(SESSION, "action_start", [session])
            self.world.carla.call(SESSION, "action_cancel", [session])

    def let_a_day_pass(self) -> None:
        """Make due whatever waits, wake whoever rests."""
        # What the sender holds at this moment is due already; waiting for it could deadlock.
        for change, table in (
            ("due_at = due_at - interval '1 day'", "stockex_transport_call"),
            ("resting_until = NULL", "stockex_transport_health"),
        ):
            self.world.rows(
                f"UPDATE {table} SET {change} WHERE id IN ("
                f"SELECT id FROM {table} FOR UPDATE SKIP LOCKED)"
            )
        self.world.rows(
            "UPDATE ir_cron SET nextcall = now() - interval '1 minute' WHERE cron_name LIKE "
            "'Stockex: send outgoing%'"
        )

    # --- Reading ---

    def posted(self, name: str, condition: str = "true") -> int:
        """Count the calls of an endpoint."""
        return int(
            self.world.one(
                f"SELECT count(*) FROM stockex_transport_call WHERE account_model = '{ENDPOINT}' "
                f"AND account_id = {self.ids[name]} AND {condition}"
            )
        )

    def keys(self, name: str) -> set[str]:
        """Return the identifiers of all messages for an endpoint."""
        rows = self.world.rows(
            "SELECT idempotency_key FROM stockex_transport_call "
            f"WHERE account_model = '{ENDPOINT}' AND account_id = {self.ids[name]}"
        )
        return {row[0] for row in rows}

    def check_complete(self, name: str, counts: int) -> None:
        """Fail unless a receiver got every message, in the order of each record."""
        receiver = self.receivers[name]
        assert {sent.reference for sent in receiver.sent} == self.keys(name)
        by_record = in_order(receiver.sent)
        assert len(by_record) == counts
        assert all(steps == STEPS for steps in by_record.values()), by_record
        assert self.posted(name, "state <> 'done'") == 0


def in_order(messages: Iterable[Sent]) -> dict[int, list[str]]:
    """Return the kinds of message about each record, as they came."""
    found: dict[int, list[str]] = {}
    for sent in messages:
        found.setdefault(sent.data["data"]["record"]["id"], []).append(sent.text)
    return found
