import random
import uuid
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .sync_case import SyncCase
from .sync_world import DESK, Act, Shelf

QUANTITIES = st.sampled_from((0, 1, 2.5, 4, 7, 30))
DEVICES = st.sampled_from(("karim", "lea"))
LINES = st.sampled_from((0, 1))
CHOICES = st.sampled_from(("mine", "theirs", "sum"))
STEPS = st.one_of(
    st.tuples(st.just("count"), DEVICES, LINES, st.sampled_from(("add", "set")), QUANTITIES),
    st.tuples(st.just("clash"), DEVICES, LINES, CHOICES, st.booleans()),
    st.tuples(st.just("clash"), DEVICES, LINES, CHOICES, st.booleans()),
    st.tuples(st.just("count"), DEVICES, LINES, st.just("add"), st.just(-1)),
    st.tuples(st.just("undo"), DEVICES, st.integers(0, 9)),
    st.tuples(st.just("resolve"), DEVICES, CHOICES),
    st.tuples(st.just("desk"), LINES, st.sampled_from(("add", "set")), QUANTITIES),
    st.tuples(st.just("refresh"), DEVICES),
    # How many of the waiting are sent, whether the answer is lost, the batch shuffled.
    st.tuples(st.just("push"), DEVICES, st.integers(1, 6), st.booleans(), st.integers(0, 3)),
    st.tuples(st.just("push"), DEVICES, st.integers(1, 6), st.just(False), st.just(0)),
    st.tuples(st.just("repeat"), DEVICES),
)
SKEWS = st.sampled_from((0, 240, -86400, 86400, 3 * 365 * 86400, -3600))


class RolledBackError(Exception):
    """Ends one schedule without leaving a trace for the next."""


@tagged("post_install", "-at_install")
class TestSyncSchedules(SyncCase):
    """Whatever two devices and a desk do, and whatever is lost: every count is there once.

    The desk is Karim's, who has one of the devices as well.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock(cls.bolt, cls.bin_a, 10)
        cls.stock(cls.bolt, cls.bin_b, 10)
        cls.open = cls.begun(cls.bin_a | cls.bin_b)
        cls.lines = [cls.line(cls.open, cls.bolt, place) for place in (cls.bin_a, cls.bin_b)]
        cls.hands = {"karim": cls.karim, "lea": cls.lea}

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(STEPS, min_size=4, max_size=24), st.tuples(SKEWS, SKEWS))
    def test_no_count_is_lost_none_counts_twice_and_every_conflict_is_seen(self, steps, skews):
        try:
            with self.env.cr.savepoint():
                self.play(steps, dict(zip(self.hands, skews, strict=True)))
                raise RolledBackError
        except RolledBackError:
            self.env.invalidate_all()

    def play(self, steps, skews):
        self.skews = {name: timedelta(seconds=skew) for name, skew in skews.items()}
        self.shelves = [Shelf(), Shelf()]
        self.queues = {name: [] for name in self.hands}
        self.sent = {name: [] for name in self.hands}
        self.known = {name: [(0, "e0"), (0, "e0")] for name in self.hands}
        self.acts, self.desk, self.conflicts = [], [], {name: [] for name in self.hands}
        for kind, *arguments in steps:
            getattr(self, f"do_{kind}")(*arguments)
        for name in self.hands:
            self.do_push(name, 200, False, 0)
        self.check_end()

    # --- What people do ---

    def queue(self, name, op, shelf, **vals):
        act = Act(op, name, name, shelf, **vals)
        self.queues[name].append(act)
        self.acts.append(act)

    def new(self, name, kind, **vals):
        return self.op(kind, at=self.now(0.01, self.skews[name]), **vals)

    def do_count(self, name, line, mode, quantity):
        event, base = self.known[name][line]
        op = self.new(
            name, "count", line=self.lines[line].id, mode=mode, quantity=quantity, base=base
        )
        self.queue(name, op, self.shelves[line], base=event)

    def do_undo(self, name, index):
        counts = [act for act in self.acts if act.source == name and act.op["kind"] == "count"]
        if counts:
            of = counts[index % len(counts)]
            self.queue(name, self.new(name, "undo", of=of.op["op"]), of.shelf, of=of)

    def do_resolve(self, name, choice):
        if self.conflicts[name]:
            of = self.conflicts[name][-1]
            op = self.new(name, "resolve", of=of.op["op"], choice=choice)
            self.queue(name, op, of.shelf, of=of)

    def do_clash(self, name, line, choice, disturbed):
        """Have the desk count a line that a device corrects, also while it decides."""
        self.do_count(name, line, "set", 7)
        self.do_desk(line, "add", 2.5)
        self.do_push(name, 200, False, 0)
        if disturbed:
            self.do_desk(line, "add", 1)
        self.do_resolve(name, choice)

    def do_desk(self, line, mode, quantity):
        item = {
            "line_id": self.lines[line].id,
            "quantity": quantity,
            "uuid": str(uuid.uuid4()),
            "mode": mode,
        }
        self.open.with_user(self.karim).action_record([item])
        shelf = self.shelves[line]
        shelf.enter("karim", DESK, quantity, replaces=shelf.of("karim") if mode == "set" else ())
        self.desk.append(item["uuid"])

    def do_refresh(self, name):
        for number, line in enumerate(self.lines):
            base = self.base(line, self.hands[name])
            self.known[name][number] = (len(self.shelves[number].events), base)

    def do_push(self, name, most, lost, shuffled):
        batch = self.queues[name][:most]
        self.sent[name] = batch
        ops = [act.op for act in batch]
        fresh = {act.op["op"]: act.apply() for act in batch}
        # Answers tell how things are at the end: a conflict may be undone in its own batch.
        expected = fresh | {act.op["op"]: act.again() for act in batch if act.resolution}
        if shuffled:
            random.Random(shuffled).shuffle(ops)
        answers = self.push(*ops, user=self.hands[name], now=self.now(0, self.skews[name]))
        self.assertEqual([one["op"] for one in answers], [op["op"] for op in ops])
        self.assertEqual({one["op"]: one["status"] for one in answers}, expected)
        if not lost:
            self.queues[name] = self.queues[name][most:]
            self.hear(name, batch, answers)

    def do_repeat(self, name):
        """Send a batch once more that arrived already."""
        ops = [act.op for act in self.sent[name] if act.status]
        expected = [act.again() for act in self.sent[name] if act.status]
        answers = self.push(*ops, user=self.hands[name], now=self.now(0, self.skews[name]))
        self.assertEqual([one["status"] for one in answers], expected)

    def hear(self, name, batch, answers):
        """Learn from the answers what the lines are like now."""
        for one in answers:
            if one["line"]:
                number = [line.id for line in self.lines].index(one["line"]["id"])
                self.known[name][number] = (
                    len(self.shelves[number].events),
                    one["line"]["base"],
                )
        self.conflicts[name] += [
            act for act in batch if act.op["kind"] == "count" and act.status == "conflict"
        ]

    # --- What must be true ---

    def check_end(self):
        for line, shelf in zip(self.lines, self.shelves, strict=True):
            live = self.entries(line).filtered("is_live")
            self.assertEqual(sum(live.mapped("quantity")), shelf.total())
            self.assertEqual(self.total(line), shelf.total())
        rows = {
            row.uuid: row
            for row in self.env["stockex.sync.operation"].search(
                [("session_id", "=", self.open.id)]
            )
        }
        self.assertEqual(set(rows), {act.op["op"] for act in self.acts})
        for act in self.acts:
            self.check_row(act, rows[act.op["op"]])
        self.check_entries()
        self.check_seen(rows)

    def check_row(self, act, row):
        self.assertEqual(row.status, act.status)
        if act.op["kind"] == "count":
            self.assertEqual(row.resolution or "", act.resolution)
        self.assertLessEqual(row.corrected_at, row.received_at)
        late = (row.received_at - row.corrected_at).total_seconds()
        self.assertLess(late, 60, "told by the server's clock")

    def check_entries(self):
        """Every count is there once, or waits for a decision; the desk's all are."""
        entries = self.env["stockex.count.entry"].search(
            [("session_id", "=", self.open.id), ("voids", "=", False)]
        )
        counted = {act.op["op"] for act in self.acts if act.op["kind"] == "count" and act.entry}
        self.assertEqual(sorted(entries.mapped("uuid")), sorted([*counted, *self.desk]))

    def check_seen(self, rows):
        waiting = {
            act.op["op"]
            for act in self.acts
            if act.op["kind"] == "count" and act.status == "conflict" and not act.resolution
        }
        operations = self.env["stockex.sync.operation"]
        open_ones = [("status", "=", "conflict"), ("resolution", "=", False)]
        seen = operations.with_user(self.carla).search(open_ones)
        self.assertEqual(set(seen.mapped("uuid")), waiting)
        own = [
            row
            for user in self.hands.values()
            for row in operations.with_user(user).search(open_ones)
        ]
        self.assertEqual({row.uuid for row in own}, waiting)
        self.open.invalidate_recordset()
        self.assertEqual(self.open.sync_conflict_count, len(waiting))
