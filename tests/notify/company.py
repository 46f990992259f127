"""A company that tells its people of counts by four services, and what they must hear."""

import re
import time
from statistics import median
from typing import Any

from tests.faults.world import SESSION, World, entry
from tests.support.api import Api, issue
from tests.support.rpc import Rpc
from tests.support.simulators.flock import Flock
from tests.support.simulators.message import Sent

SERVICE = "stockex.notify.service"
ADMIN = "sonia"
# Login, service: where that service reaches them.
READERS = {
    ("carla", "slack"): "U0CARLA001",
    ("carla", "twilio"): "+33600000001",
    ("karim", "telegram"): "1001",
    ("karim", "twilio"): "+33600000002",
    ("lea", "telegram"): "1002",
    ("anton", "telegram"): "1003",
    ("anton", "slack"): "U0ANTON001",
}
STEPS = {
    "count.created": ("New count", ("carla",)),
    "count.started": ("You can count", ("karim", "lea")),
    "count.submitted": ("To approve", ("anton",)),
    "count.approved": ("Approved", ("carla",)),
}
TITLES = "|".join(title for title, _readers in STEPS.values())
# Slack takes one message a second and channel; its own pace is not what is measured.
SLACK_RATE = 20
TIMEOUT_S = 30

# Service, recipient: the messages in order.
Heard = dict[tuple[str, str], list[str]]


class Company:
    """Sets up everything through the models, as the suite administrator and the readers."""

    def __init__(self, world: World, flock: Flock) -> None:
        self.world = world
        self.flock = flock
        self.sonia = self._administrator()
        [self.bin] = world.make_bins(1)
        world.stock([self.bin], world.make_products(2))
        self.services = {name: self._service(name) for name in flock.simulators}
        self._subscribe()
        self._rules()
        self.carla = Api(world.server, issue(world.server, "carla"))
        self.anton = Api(world.server, issue(world.server, "anton"))
        # What is said of a count: when its step was committed.
        self.told: dict[str, float] = {}

    # --- Set-up ---

    def _administrator(self) -> Rpc:
        groups = [
            self.world.reference(name) for name in ("base.group_user", "stockex.group_suite_admin")
        ]
        vals = {"name": ADMIN, "login": ADMIN, "password": ADMIN, "group_ids": [(6, 0, groups)]}
        context = {"no_reset_password": True}
        self.world.admin.call("res.users", "create", [vals], context=context)
        return self.world.log_in(ADMIN)

    def _service(self, name: str) -> int:
        """Make a service and enter its credentials, as its form does."""
        simulator: Any = self.flock[name]
        own = {
            "slack": {"token": "token"},
            "telegram": {"token": "token"},
            "twilio": {"account_sid": "account_sid", "auth_token": "auth_token"},
            "webhook": {},
        }[name]
        values = {code: getattr(simulator, attribute) for code, attribute in own.items()}
        if name == "twilio":
            values["sender"] = simulator.numbers[0]
        if name == "webhook":
            values = {"url": simulator.url + simulator.hook_path, "secret": simulator.secrets[0]}
        vals = {"name": name.title(), "code": name, "allow_private": True, "timeout_s": TIMEOUT_S}
        vals |= {"rate_count": SLACK_RATE, "rate_period_s": 1} if name == "slack" else {}
        vals |= {"base_url": simulator.url} if name != "webhook" else {}
        [made] = self.sonia.call(SERVICE, "create", [vals])
        model = "stockex.notify.credential"
        lines = self.sonia.call(model, "search_read", [["service_id", "=", made]], ["name"])
        for line in lines:
            if line["name"] in values:
                self.sonia.call(model, "write", [line["id"]], {"value": values[line["name"]]})
        [state] = self.sonia.call(SERVICE, "read", [made], ["state", "state_text"])
        assert state["state"] == "ready", state
        return int(made)

    def _subscribe(self) -> None:
        """Have each reader choose: at once, by these services and no other."""
        for login in {reader for reader, _service in READERS}:
            person = self.world.people[login]
            opened = person.call("stockex.notify.preference", "action_open_mine")
            model = "stockex.notify.subscription"
            domain = [["preference_id", "=", opened["res_id"]]]
            for line in person.call(model, "search_read", domain, ["service_name"]):
                address = READERS.get((login, line["service_name"].lower()), "")
                vals = {"wanted": bool(address), "address": address}
                person.call(model, "write", [line["id"]], vals)

    def _rules(self) -> None:
        """Tell the shared webhook of every step, and the controller of new counts too."""
        model, active = "stockex.notify.rule", {"active_test": False}
        domain = [["event_name", "in", list(STEPS)]]
        rules = self.sonia.call(
            model, "search_read", domain, ["event_name", "template_id"], context=active
        )
        assert sorted(rule["event_name"] for rule in rules) == sorted(STEPS)
        self.sonia.call(model, "write", [rule["id"] for rule in rules], {"active": True})
        self.sonia.call(
            model,
            "create",
            [
                {
                    "name": f"{rule['event_name']} to the webhook",
                    "event_name": rule["event_name"],
                    "template_id": rule["template_id"][0],
                    "service_ids": [(6, 0, [self.services["webhook"]])],
                }
                for rule in rules
            ],
        )

    # --- Business ---

    def count(self) -> str:
        """Take a count from new to approved; return its name."""
        world = self.world
        counters = [world.people[login].uid for login in ("karim", "lea")]
        plan = {
            "scope": "locations",
            "location_ids": [(6, 0, [self.bin])],
            "counter_ids": [(6, 0, counters)],
            "allow_overlap": True,
        }
        [session] = world.carla.call(SESSION, "create", [plan])
        [[name]] = world.rows(f"SELECT name FROM stockex_count_session WHERE id = {session}")
        self._note("count.created", name)
        world.carla.call(SESSION, "action_start", [session])
        self._note("count.started", name)
        lines = world.lines(session).values()
        world.record("karim", session, [entry(line, 40) for line in lines])
        self.carla.post(f"/counts/{session}/submit")
        self._note("count.submitted", name)
        self.anton.post(f"/counts/{session}/approve")
        self._note("count.approved", name)
        return name

    def _note(self, step: str, name: str) -> None:
        self.told[f"{STEPS[step][0]}: {name}"] = time.time()

    # --- What must be heard, and what was ---

    def expected(self, names: list[str]) -> Heard:
        """Return what each reader must hear of some counts."""
        found: Heard = {}
        for name in names:
            for title, readers in STEPS.values():
                for reader, service in READERS:
                    if reader in readers:
                        key = (service, self._recipient(reader, service))
                        found.setdefault(key, []).append(f"{title}: {name}")
                hook: Any = self.flock["webhook"]
                found.setdefault(("webhook", hook.hook_path), []).append(f"{title}: {name}")
        return found

    def _recipient(self, reader: str, service: str) -> str:
        address = READERS[reader, service]
        simulator: Any = self.flock[service]
        return simulator.users[address] if service == "slack" else address

    def heard(self, names: list[str]) -> Heard:
        """Return what each reader was told of some counts, every repetition included."""
        found: Heard = {}
        for service, sent in self.flock.messages():
            said = saying(service, sent)
            if said.split(": ")[1] in names:
                found.setdefault((service, sent.recipient), []).append(said)
        return found

    def delays(self, service: str, names: list[str]) -> list[float]:
        """Return how long after its step each message arrived."""
        said = [(saying(service, sent), sent.at) for sent in self.flock[service].sent]
        return [at - self.told[text] for text, at in said if text.split(": ")[1] in names]

    # --- The sender's books ---

    def attempts(self, service: str, condition: str = "true") -> int:
        """Count the tries of a service's calls."""
        return int(
            self.world.one(
                "SELECT count(*) FROM stockex_transport_attempt attempt "
                "JOIN stockex_transport_call call ON call.id = attempt.call_id "
                f"WHERE {self._of(service)} AND {condition}"
            )
        )

    def calls(self, service: str, condition: str = "true") -> int:
        """Count the calls of a service."""
        return int(
            self.world.one(
                "SELECT count(*) FROM stockex_transport_call call "
                f"WHERE {self._of(service)} AND {condition}"
            )
        )

    def unsent(self) -> list[list[str]]:
        """Return the messages for our services that are not noted as sent."""
        services = ", ".join(map(str, self.services.values()))
        return self.world.rows(
            "SELECT subject, state, error FROM stockex_notification "
            f"WHERE service_id IN ({services}) AND state <> 'sent'"
        )

    def let_a_day_pass(self, service: str) -> None:
        """Make due what waits for a service, and have it rest no longer."""
        self.world.rows(
            "UPDATE stockex_transport_call SET due_at = due_at - interval '1 day' WHERE id IN ("
            f"SELECT id FROM stockex_transport_call call WHERE {self._of(service)} "
            "AND state = 'waiting' AND claim IS NULL FOR UPDATE SKIP LOCKED)"
        )
        self.world.rows(
            "UPDATE stockex_transport_health call SET resting_until = NULL "
            f"WHERE {self._of(service)}"
        )

    def _of(self, service: str) -> str:
        model, number = SERVICE, self.services[service]
        return f"call.account_model = '{model}' AND call.account_id = {number}"


def saying(service: str, sent: Sent) -> str:
    """Return what a message says of which count: its subject, without signs and title."""
    text = sent.data["data"]["subject"] if service == "webhook" else sent.text
    found = set(re.findall(rf"((?:{TITLES}): [\w/]+)", text))
    assert len(found) == 1, text
    return str(found.pop())


def summary(delays: list[float]) -> str:
    """Say how long messages took."""
    return f"{len(delays)} messages, median {median(delays):.1f} s, most {max(delays):.1f} s"
