import random
from dataclasses import dataclass, field

from odoo.tests import tagged

from ..common import CountCase

RUNS = 40
STEPS = 9


class RolledBackError(Exception):
    """Ends one run without leaving a trace for the next."""


@dataclass
class Shelf:
    """What must be true of one bin, in steps instead of time."""

    start: float
    moves: list = field(default_factory=list)  # (step, quantity, is a typed adjustment)
    entries: list = field(default_factory=list)  # [step, user, quantity, live]
    accepted: bool = False

    def book(self):
        return round(self.start + sum(move[1] for move in self.moves), 2)

    def live(self):
        return sorted((entry for entry in self.entries if entry[3]), key=lambda entry: entry[0])

    def counted(self):
        return round(sum(entry[2] for entry in self.live()), 2)

    def last(self):
        return self.live()[-1][0]

    def book_at_last(self):
        before = (quantity for step, quantity, _typed in self.moves if step <= self.last())
        return round(self.start + sum(before), 2)

    def is_moved(self):
        first, last = self.live()[0][0], self.last()
        return any(first < step <= last and quantity for step, quantity, _typed in self.moves)

    def is_overtaken(self):
        return any(typed and step > self.last() for step, _quantity, typed in self.moves)

    def verdict(self):
        if self.is_moved():
            return "moved"
        return "matched" if self.counted() == self.book_at_last() else "different"

    def expected(self):
        """Return (state of the line, stock) after posting."""
        if not self.live():
            return "pending", self.book()
        if self.counted() == self.book_at_last():
            return "counted", self.book()
        if self.is_overtaken():
            return "failed", self.book()
        after = (quantity for step, quantity, _typed in self.moves if step > self.last())
        return "posted", round(self.counted() + sum(after), 2)


@tagged("post_install", "-at_install")
class TestInterleaving(CountCase):
    """Any interleaving of goods, entries and posting ends in the counted stock."""

    def test_any_story_ends_in_what_was_counted_and_every_move_since(self):
        for seed in range(RUNS):
            with self.subTest(seed=seed):
                try:
                    with self.env.cr.savepoint():
                        self.tell(random.Random(seed))
                        raise RolledBackError
                except RolledBackError:
                    self.env.invalidate_all()

    def tell(self, rng):
        """Play one random story and check its end."""
        self.rng, self.step = rng, 0
        self.shelves = {
            self.bin_a: Shelf(rng.randint(1, 20)),
            self.bin_b: Shelf(rng.randint(1, 20)),
        }
        for place, shelf in self.shelves.items():
            self.stock(self.bolt, place, shelf.start)
        session = self.session(self.bin_a | self.bin_b)
        self.lines = {place: self.line(session, self.bolt, place) for place in self.shelves}
        self.instants = []
        for _step in range(STEPS):
            self.random_step(session, (self.do_move, self.do_count, self.do_count, self.do_adjust))
        self.check_lines()
        if not session.counted_count:
            return
        session.action_review()
        self.decide(session)
        for _step in range(2):
            self.random_step(session, (self.do_move, self.do_adjust))
        session.with_user(self.anton).action_approve()
        self.random_step(session, (self.do_move,))
        session.action_post()
        self.check_end(session)

    def random_step(self, session, choices):
        self.step += 1
        self.instants.append((self.step + 0.5, None))
        self.rng.choice(choices)(session)
        self.instants[-1] = (self.step + 0.5, self.env["stockex.count.book"]._clock())

    def do_move(self, _session):
        places = [*self.shelves, self.customers]
        source, target = self.rng.sample(places, 2)
        quantity = self.rng.choice((1, 2, 3.5, 7))
        self.move(self.bolt, source, target, quantity)
        for place, sign in ((source, -1), (target, 1)):
            if place in self.shelves:
                self.shelves[place].moves.append((self.step, sign * quantity, False))

    def do_adjust(self, _session):
        place = self.rng.choice(list(self.shelves))
        shelf = self.shelves[place]
        quantity = self.rng.choice((shelf.book(), 5, 11))
        quant = self.env["stock.quant"]._gather(self.bolt, place)
        if len(quant) != 1 or quantity < 0:
            return
        shelf.moves.append((self.step, round(quantity - shelf.book(), 2), True))
        quant.with_context(inventory_mode=True).inventory_quantity = quantity
        quant.action_apply_inventory()

    def do_count(self, session):
        place = self.rng.choice(list(self.shelves))
        shelf, user = self.shelves[place], self.rng.choice((self.karim, self.lea, self.carla))
        mode = self.rng.choice(("add", "set", "add"))
        quantity = self.rng.choice((0, 1, 4.25, max(shelf.book(), 0)))
        at, vals = self.step, {}
        past = [pair for pair in self.instants[:-1] if pair[1]]
        if past and self.rng.random() < 0.3:
            at, vals["counted_at"] = self.rng.choice(past)
        self.count(session, {self.lines[place]: quantity}, user, mode, **vals)
        if mode == "set":
            for entry in shelf.entries:
                entry[3] = entry[3] and entry[1] != user
        shelf.entries.append([at, user, quantity, True])

    def decide(self, session):
        """Accept or recount the lines that moved, so that the session can be approved."""
        for place, shelf in self.shelves.items():
            if not shelf.live() or not shelf.is_moved():
                continue
            line = self.lines[place].with_user(self.carla).sudo(False)
            if self.rng.random() < 0.5:
                if session.state == "counting":
                    session.action_review()
                line.action_accept()
                continue
            line.action_recount()
            self.step += 1
            for entry in shelf.entries:
                entry[3] = False
            self.count(session, {self.lines[place]: 6})
            shelf.entries.append([self.step, self.karim, 6, True])
        if session.state == "counting":
            session.action_review()

    def check_lines(self):
        for place, shelf in self.shelves.items():
            line = self.lines[place]
            if not shelf.live():
                self.assertEqual((line.state, line.verdict), ("pending", False))
                continue
            self.assertEqual(line.state, "counted")
            self.assertEqual(line.counted_quantity, shelf.counted())
            self.assertEqual(line.verdict, shelf.verdict())
            self.assertEqual(line.book_at_count, shelf.book_at_last())

    def check_end(self, session):
        self.assertEqual(session.state, "done")
        for place, shelf in self.shelves.items():
            state, quantity = shelf.expected()
            self.assertEqual(self.lines[place].state, state)
            self.assertEqual(self.on_hand(self.bolt, place), quantity)
            moves = self.moves_of(session).move_line_ids
            here = moves.filtered_domain(
                ["|", ("location_id", "=", place.id), ("location_dest_id", "=", place.id)]
            )
            self.assertEqual(len(here), int(state == "posted"))
