"""Count sessions: done ones in the past, one under way, one in review, one being prepared.

Every step is the models' own, done by the person whose role it is, on Saturday evenings: then
all sales of the weeks before are written.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random
from unittest.mock import patch

from ..clock import frozen
from ..moves import redate
from ..pure.counting import TURN_SHARE, WRONG_SHARE, CountPlan, found, past_counts
from ..pure.ledger import spare_from
from ..story import Story

STAFF = {
    "fr": {"controller": "controller", "approver": "approver",
           "counters": ("counter", "counter2", "counter3")},
    "ma": {"controller": "controller.ma", "approver": "approver.ma", "counters": ("counter.ma",)},
}  # fmt: skip
_MISSING_SEED = 41
# Lines that somebody enters in two minutes.
PACE = 5
SHORTAGE_REASONS = ("damage", "damage", "theft", "misplaced", "shipment", "own_use", "miscount")
SURPLUS_REASONS = ("found", "receipt", "misplaced", "miscount", "swapped")


def run(story: Story) -> None:
    """Schedule the counts, where the addon that makes them is installed."""
    if "stockex.count.session" not in story.env:
        return
    for count in past_counts():
        number = len(story.plan.weeks) - 1 - count.weeks_ago
        if number >= 0:
            monday = story.plan.weeks[number].monday
            evening = datetime.combine(monday, time(20)) + timedelta(days=5)
            story.schedule(evening, _past(count, number), "counts")
    story.schedule(story.now, _present, "counts")


def _past(count: CountPlan, number: int):
    """Return a whole count: started, counted, approved and posted within an evening."""

    def happen(story: Story) -> None:
        start = datetime.combine(story.plan.weeks[number].monday, time(20)) + timedelta(days=5)
        spare = spare_from(story.plan, number)
        session = _start(story, count, start)
        _enter(story, session, start + timedelta(minutes=20), spare)
        _close(story, session, start + timedelta(hours=2))

    return happen


def _present(story: Story) -> None:
    """Leave one count in review, one under way and one in preparation."""
    spare = spare_from(story.plan, len(story.plan.weeks) - 1)
    early = story.now - timedelta(hours=5)
    review = _start(story, CountPlan("Inventaire tournant, allée B", "LIL", "B", 0), early)
    _enter(story, review, early + timedelta(minutes=15), spare, pace=PACE)
    with _at(story, early + timedelta(hours=2)):
        _as(story, review, "controller").action_review()
    under_way = _start(
        story, CountPlan("Inventaire tournant, allée C", "LYO", "C", 0), early + timedelta(hours=3)
    )
    later = early + timedelta(hours=3, minutes=10)
    _enter(story, under_way, later, spare, part=0.55, pace=PACE)
    _create(story, CountPlan("Inventaire tournant, allée D", "CAS", "D", 0))


def _as(story: Story, session, role: str, rank: int = 0):
    """Return the session as the person of a role sees it."""
    code = next(c for c, company in story.companies.items() if company == session.company_id)
    logins = STAFF[code][role]
    login = logins if isinstance(logins, str) else logins[rank % len(logins)]
    return session.with_env(story.in_company(code)).with_user(story.users[login])


@contextmanager
def _at(story: Story, moment: datetime):
    """Stop Odoo's clock and the one by which counts are dated."""
    book = type(story.env["stockex.count.book"])
    with frozen(moment), patch.object(book, "_clock", lambda _book: moment):
        yield


def _create(story: Story, count: CountPlan):
    """Let the controller prepare a session."""
    code = story.company_of(count.warehouse)
    staff = STAFF[code]
    env = story.in_company(code)
    model = env["stockex.count.session"].with_user(story.users[staff["controller"]])
    vals = {
        "title": count.title,
        "company_id": env.company.id,
        "counter_ids": [(6, 0, [story.users[login].id for login in staff["counters"]])],
    }
    vals["kind"] = "cycle" if count.aisle else "full"
    if count.aisle:
        aisle = env["stock.location"].search(
            [("barcode", "=", f"{count.warehouse}-{count.aisle}")], limit=1
        )
        vals.update(scope="locations", location_ids=[(6, 0, aisle.ids)])
    else:
        yearly = story.records["yearly"][count.warehouse].with_user(model.env.user)
        vals = {
            **yearly._prepare_session_vals(),
            **vals,
            "template_id": yearly.id,
            # The past is told once: nobody is there to count again.
            "auto_recount": False,
        }
    return model.create(vals)


def _start(story: Story, count: CountPlan, moment: datetime):
    with _at(story, moment):
        session = _create(story, count)
        session.action_start()
    return session


def _enter(
    story: Story, session, moment: datetime, spare: dict, part: float = 1.0, pace: int = 0
) -> None:
    """Let the counters enter what they find, bin by bin, each in a part of the bins.

    :param pace: so many lines every two minutes; all at once if 0.
    """
    rng = Random(f"{_MISSING_SEED} {session.title} {session.name}")
    items = _found_items(story, session, rng, spare)
    items = items[: max(1, round(len(items) * part))]
    code = next(c for c, company in story.companies.items() if company == session.company_id)
    counters = len(STAFF[code]["counters"])
    size = -(-len(items) // counters)
    for rank in range(counters):
        chosen = items[rank * size : (rank + 1) * size]
        step = pace or max(1, len(chosen))
        for number, first in enumerate(range(0, len(chosen), step)):
            with _at(story, moment + timedelta(minutes=12 * rank + 2 * number)):
                counter = _as(story, session, "counters", rank)
                counter._record_entries(chosen[first : first + step])


def _found_items(story: Story, session, rng: Random, spare: dict) -> list[dict]:
    """Return an entry for every line; what is missing is taken from `spare`."""
    numbers = story.records.setdefault(
        "numbers", {product.id: rank for rank, product in enumerate(story.products)}
    )
    share = WRONG_SHARE if session.title.startswith("Inventaire annuel") else TURN_SHARE
    items = []
    for line in session.sudo().line_ids:
        number = numbers[line.product_id.id]
        product = story.plan.products[number]
        place = (number, line.location_id.barcode, line.lot_id.name or "", None, "")
        quantity = line.book_quantity
        plain = not line.owner_id and not line.package_id and quantity > 0
        if plain and product.category.tracking != "serial":
            quantity = found(rng, quantity, product.step, _spare(story, spare, place), share)
            _use(story, place, line.book_quantity - quantity)
        items.append(
            {
                "line_id": line.id,
                "quantity": max(quantity, 0.0),
                "uuid": str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            }
        )
    return items


def _spare(story: Story, spare: dict, place: tuple) -> float:
    """Return what may be missing in a place, less what counts found missing before."""
    return max(0.0, spare.get(place, 0.0) - story.records.setdefault("lost", {}).get(place, 0.0))


def _use(story: Story, place: tuple, missing: float) -> None:
    lost = story.records.setdefault("lost", {})
    lost[place] = lost.get(place, 0.0) + missing


def _explain(story: Story, session) -> None:
    """Let the controller give each variance a reason, small ones now and then."""
    rng = Random(f"{_MISSING_SEED} reasons {session.name}")
    lines = _as(story, session, "controller").line_ids.filtered("difference")
    chosen: dict[str, list[int]] = {}
    for line in lines:
        if line.out_of_tolerance or abs(line.difference_value) > 20 or rng.random() < 0.6:
            reasons = SHORTAGE_REASONS if line.difference < 0 else SURPLUS_REASONS
            chosen.setdefault(rng.choice(reasons), []).append(line.id)
    for reason, ids in chosen.items():
        lines.browse(ids).reason_id = story.env.ref(f"stockex.count_reason_{reason}").id


def _close(story: Story, session, moment: datetime) -> None:
    """Review, approve and post, and date the corrections at that evening."""
    with _at(story, moment):
        _as(story, session, "controller").action_review()
        _explain(story, session)
    with _at(story, moment + timedelta(minutes=30)):
        _as(story, session, "approver").action_approve()
        _as(story, session, "controller").action_post()
        moves = session.sudo().line_ids.move_id
        done_at = moment + timedelta(minutes=31)
        redate(session.env, "stock_move_line", ["stockex_done_at"],
               dict.fromkeys(moves.move_line_ids.ids, done_at))  # fmt: skip
