"""The plan of the demo story: pure values, the same for the same seed and day."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev.demo.pure import calendar, ean, ledger, names
from dev.demo.pure.assortment import BRANDS, FAMILIES, QUALIFIERS, categories
from dev.demo.pure.calendar import season_factor
from dev.demo.pure.counting import found, past_counts
from dev.demo.pure.demand import poisson
from dev.demo.pure.places import WAREHOUSES, bins_of
from dev.demo.pure.plan import BLOCK, make_plan

TODAY = date(2026, 6, 17)


@pytest.fixture(scope="module")
def plan():
    return make_plan(TODAY)


def _events(plan, name):
    return [event for week in plan.weeks for event in getattr(week, name)]


# --- Barcodes ---


def test_the_check_digit_is_that_of_a_published_code():
    assert ean.check_digit("400638133393") == "1"
    assert ean.is_valid("4006381333931")
    assert not ean.is_valid("4006381333932")


@given(st.integers(20, 29), st.integers(0, 10**10 - 1))
def test_an_in_store_code_is_valid_and_keeps_its_number(prefix, number):
    code = ean.in_store_ean13(prefix, number)

    assert ean.is_valid(code)
    assert code[:12] == f"{prefix}{number:010d}"


@pytest.mark.parametrize(("prefix", "number"), [(19, 1), (30, 1), (20, -1), (20, 10**10)])
def test_a_number_outside_the_in_store_range_is_refused(prefix, number):
    with pytest.raises(ValueError, match=str(prefix if number == 1 else number)):
        ean.in_store_ean13(prefix, number)


# --- Calendar and demand ---


@given(st.dates(date(2024, 1, 1), date(2035, 12, 31)))
def test_every_open_day_lies_before_today_and_is_no_holiday(today):
    monday = calendar.weeks_until(today - timedelta(days=1))[-1]

    days = calendar.open_days(monday, today)

    assert days
    assert all(day < today and calendar.is_open(day) for day in days)


@given(st.integers(1, 12), st.floats(0, 1))
def test_the_season_has_mean_one_and_its_peak_in_its_month(month, amplitude):
    days = [date(2025, 1, 1) + timedelta(days=offset) for offset in range(365)]
    factors = [season_factor(day, month, amplitude) for day in days]

    assert sum(factors) / 365 == pytest.approx(1, abs=0.01)
    assert min(factors) >= 0
    if amplitude > 0.01:
        assert days[factors.index(max(factors))].month == month


def test_demand_without_a_season_is_the_same_all_year():
    assert {season_factor(date(2025, month, 9), 0, 0.0) for month in range(1, 13)} == {1.0}


def test_poisson_draws_have_the_mean_asked_for():
    rng = Random(3)

    draws = [poisson(rng, 2.5) for _number in range(20_000)]

    assert sum(draws) / len(draws) == pytest.approx(2.5, abs=0.05)


# --- Catalogue ---


def test_the_catalogue_has_the_size_of_the_story(plan):
    assert len(categories()) == 40
    assert 580 <= len(plan.products) <= 620
    assert {category.cost_method for category in categories()} == {"standard", "average", "fifo"}
    assert {category.tracking for category in categories()} == {"none", "lot", "serial"}
    assert set(FAMILIES) == set(BRANDS) == set(QUALIFIERS)


def test_names_references_and_barcodes_are_unique_and_valid(plan):
    barcodes = [product.barcode for product in plan.products]
    barcodes += [product.pack_barcode for product in plan.products if product.pack_barcode]

    assert len(set(barcodes)) == len(barcodes)
    assert all(ean.is_valid(code) for code in barcodes)
    assert len({product.reference for product in plan.products}) == len(plan.products)
    assert len({product.name_en for product in plan.products}) == len(plan.products)
    assert len({product.name_fr for product in plan.products}) == len(plan.products)


def test_a_price_covers_its_cost(plan):
    assert all(0 < product.cost < product.price for product in plan.products)


def test_bins_are_a_few_hundred_with_codes_of_their_own():
    codes = [code for warehouse in WAREHOUSES for code in bins_of(warehouse)]

    assert len(set(codes)) == len(codes) == 310


def test_people_are_the_same_every_time_and_as_many_as_asked():
    for country in ("fr", "ma"):
        assert names.customers(country, 40) == names.customers(country, 40)
        assert len({name for name, *_rest in names.customers(country, 40)}) == 40
        assert len(set(names.consignors(country, 8))) == 8


# --- The two years ---


def test_the_same_seed_and_day_tell_the_same_story(plan):
    assert make_plan(TODAY).weeks == plan.weeks


def test_another_seed_tells_another_story(plan):
    assert make_plan(TODAY, seed=7).weeks != plan.weeks


def test_the_story_stays_within_its_limits(plan):
    assert len(plan.weeks) == 104
    assert 300 <= len(_events(plan, "sales")) <= 2000
    assert 100 <= len(_events(plan, "purchases")) <= 300
    assert len(_events(plan, "tills")) > 10_000
    assert len(_events(plan, "returns")) > 10


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2027, 5, 2), date(2026, 12, 28)])
def test_no_date_is_impossible(today):
    plan = make_plan(today)
    midnight = datetime.combine(today, datetime.min.time())
    start = datetime.combine(plan.weeks[0].monday, datetime.min.time())

    for name in ("collections", "sales", "tills", "returns", "transfers", "write_offs"):
        for event in _events(plan, name):
            assert start - timedelta(days=5) <= event.moment < midnight
    for name in ("sales", "tills"):
        for event in _events(plan, name):
            assert 8 <= event.moment.hour < 18
            assert calendar.is_open(event.moment.date()) or event.waiting
    for purchase in _events(plan, "purchases"):
        assert purchase.ordered < midnight
        assert purchase.received is None or purchase.ordered < purchase.received < midnight


def test_a_return_follows_its_sale(plan):
    sold = {sale.number: sale for sale in _events(plan, "sales")}

    for back in _events(plan, "returns"):
        assert sold[back.sale].moment < back.moment
        assert back.product in {line.product for line in sold[back.sale].lines}


def test_no_shelf_ever_goes_below_zero(plan):
    assert min(ledger.lowest_during(plan).values()) == 0


def test_sales_written_a_block_late_never_miss_what_returns_brought(plan):
    for number, week in enumerate(plan.weeks):
        assert not week.returns or number % BLOCK == 0


def test_the_ledger_ends_with_what_lies_on_the_shelves(plan):
    lying = Counter()
    for shelf in plan.shelves:
        for layer in shelf.layers:
            lying[(shelf.product, *layer.place)] += layer.quantity

    levels = ledger.levels(plan)[-1]

    assert {place: quantity for place, quantity in levels.items() if quantity} == dict(lying)


def test_some_lots_have_expired_and_some_soon_will(plan):
    expiries = [layer.expiry for shelf in plan.shelves for layer in shelf.layers if layer.expiry]

    assert sum(expiry < TODAY for expiry in expiries) >= 3
    assert sum(0 <= (expiry - TODAY).days < 60 for expiry in expiries) >= 10


def test_seasonal_goods_sell_most_in_their_season(plan):
    sold = Counter()
    for till in _events(plan, "tills"):
        if plan.products[till.line.product].category.key == "coats":
            sold[till.moment.month] += till.line.quantity

    assert sold[11] + sold[12] + sold[10] > 2 * (sold[5] + sold[6] + sold[4])


# --- Counts ---


def test_past_counts_end_with_a_block_and_come_in_order():
    weeks = [count.weeks_ago for count in past_counts()]

    assert weeks == sorted(weeks, reverse=True)
    assert all(week % BLOCK == 0 for week in weeks)


def test_what_is_spare_is_never_taken_later(plan):
    first = 50
    spare = ledger.spare_from(plan, first)
    levels = ledger.levels(plan)

    for place, quantity in spare.items():
        assert all(level.get(place, 0.0) >= quantity for level in levels[first:])


@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 40))
def test_a_counter_never_finds_less_than_what_may_be_missing(seed, book, spare):
    quantity = found(Random(seed), float(book), 1.0, float(spare))

    assert book - spare <= quantity <= book + 3
