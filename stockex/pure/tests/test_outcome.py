"""Laws of a count: whatever the order of moves, entries and posting."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ..counting.outcome import Entry, Move, accuracy, book_at, outcome

DIGITS = 2
START = datetime(2026, 1, 1)
quantities = st.integers(0, 10_000).map(lambda cents: cents / 100)
changes = st.integers(-5_000, 5_000).filter(bool).map(lambda cents: cents / 100)


@dataclass
class Shelf:
    """One stock key: what really lies there, what the book says, what was counted."""

    real: float
    book: float
    clock: datetime = START
    moves: list[Move] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def tick(self) -> datetime:
        self.clock += timedelta(seconds=1)
        return self.clock

    def move(self, quantity: float) -> None:
        self.real = round(self.real + quantity, DIGITS)
        self.book = round(self.book + quantity, DIGITS)
        self.moves.append(Move(quantity, self.tick()))

    def count(self, quantity: float) -> None:
        self.entries.append(Entry(quantity, self.tick(), self.book))

    def count_late(self, quantity: float, at: datetime) -> None:
        """Take an entry made at `at`, only now."""
        book = book_at(self.book, self.moves, at, DIGITS)
        self.entries.append(Entry(quantity, at, book))

    def post(self) -> None:
        difference = outcome(self.entries, self.moves, DIGITS).difference
        self.book = round(self.book + difference, DIGITS)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), changes),
        st.tuples(st.just("count"), quantities),
    ),
    max_size=12,
)


def play(shelf: Shelf, story: list[tuple[str, float]]) -> None:
    for step, quantity in story:
        getattr(shelf, step)(quantity)


@given(quantities, quantities, steps, quantities, steps)
def test_stock_after_posting_is_what_was_counted_and_every_move_since(
    real, book, before, last, after
):
    shelf = Shelf(real, book)
    play(shelf, [*before, ("count", last)])
    after = [step for step in after if step[0] == "move"]
    counted = sum(entry.quantity for entry in shelf.entries)

    play(shelf, after)
    shelf.post()

    expected = counted + sum(quantity for _step, quantity in after)
    assert round(shelf.book - expected, DIGITS) == 0


@given(quantities, quantities, steps, steps)
def test_an_exact_count_makes_the_book_the_shelf(real, book, before, after):
    shelf = Shelf(real, book)
    play(shelf, [step for step in before if step[0] == "move"])
    shelf.count(shelf.real)
    play(shelf, [step for step in after if step[0] == "move"])

    shelf.post()

    assert round(shelf.book - shelf.real, DIGITS) == 0


@given(quantities, quantities, steps)
def test_a_line_is_moved_just_when_goods_moved_between_its_entries(real, book, story):
    shelf = Shelf(real, book)
    play(shelf, [*story, ("count", 1.0)])
    counts = [index for index, (step, _quantity) in enumerate(story) if step == "count"]
    during = story[counts[0] :] if counts else []

    result = outcome(shelf.entries, shelf.moves, DIGITS)

    assert (result.verdict == "moved") == any(step == "move" for step, _quantity in during)


@given(quantities, quantities, steps, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_and_moves_are_told_does_not_matter(real, book, story, random):
    shelf = Shelf(real, book)
    play(shelf, [*story, ("count", 1.0)])
    told = outcome(shelf.entries, shelf.moves, DIGITS)

    random.shuffle(shelf.entries)
    random.shuffle(shelf.moves)

    assert outcome(shelf.entries, shelf.moves, DIGITS) == told


@given(quantities, quantities, st.lists(changes, max_size=6), quantities, st.data())
def test_a_late_entry_sees_the_book_of_its_own_instant(real, book, changes, quantity, data):
    shelf = Shelf(real, book)
    books = [(shelf.tick(), shelf.book)]
    for change in changes:
        shelf.move(change)
        books.append((shelf.tick(), shelf.book))
    at, then = data.draw(st.sampled_from(books))

    shelf.count_late(quantity, at)

    assert round(shelf.entries[-1].book - then, DIGITS) == 0


@given(quantities, quantities, steps, st.integers(2, 9))
def test_counting_in_another_unit_scales_every_figure(real, book, story, factor):
    shelf = Shelf(real, book)
    play(shelf, [*story, ("count", 1.0)])
    plain = outcome(shelf.entries, shelf.moves, DIGITS)

    scaled = outcome(
        [Entry(entry.quantity * factor, entry.at, entry.book * factor) for entry in shelf.entries],
        [Move(move.quantity * factor, move.at) for move in shelf.moves],
        DIGITS,
    )

    assert scaled.verdict == plain.verdict
    assert round(scaled.difference - plain.difference * factor, DIGITS) == 0
    assert round(scaled.counted - plain.counted * factor, DIGITS) == 0


@given(st.lists(quantities, min_size=1, max_size=9), quantities)
def test_entries_add_up_whoever_made_them(counted, book):
    entries = [
        Entry(quantity, START + timedelta(seconds=index), book)
        for index, quantity in enumerate(counted)
    ]

    result = outcome(entries, [], DIGITS)

    assert result.counted == round(sum(counted), DIGITS)
    assert result.difference == round(sum(counted) - book, DIGITS)
    assert result.verdict == ("different" if result.difference else "matched")


def test_a_tenth_and_two_tenths_match_three_tenths():
    entries = [Entry(0.1, START, 0.3), Entry(0.2, START + timedelta(seconds=1), 0.3)]

    assert outcome(entries, [], DIGITS).verdict == "matched"


def test_a_move_at_the_instant_of_the_last_entry_is_part_of_the_count():
    later = START + timedelta(seconds=1)
    entries = [Entry(1, START, 2), Entry(1, later, 2)]

    assert outcome(entries, [Move(-1, later)], DIGITS).verdict == "moved"
    assert outcome(entries, [Move(-1, START)], DIGITS).verdict == "matched"


def test_an_empty_move_moves_nothing():
    entries = [Entry(1, START, 2), Entry(1, START + timedelta(seconds=2), 2)]

    assert outcome(entries, [Move(0, START + timedelta(seconds=1))], DIGITS).verdict == "matched"


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_accuracy_is_a_share(matched, different):
    share = accuracy(matched, matched + different)

    assert 0 <= share <= 1
    assert (share == 1) == (matched > 0 and different == 0)
