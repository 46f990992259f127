"""Handhelds: what people counted with them yesterday, and how each is doing now.

Everything goes the way that a handheld's calls go. Two aisles are counted in one day by two
people, who contradict one another twice; somebody sends too late; one handheld cannot send.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import groupby
from random import Random

from ..pure.counting import CountPlan
from ..pure.handhelds import HANDHELDS, Handheld, number, position, walk
from ..story import Story
from .counts import STAFF, _at, _create

_SEED = 89
_AISLES = ("E", "F")
# What is left for today, and how many counts go in one call.
_PART, _CALL = 0.82, 12
MOBILE = "Mozilla/5.0 (Linux; Android 14; TC22) Chrome/126"


def run(story: Story) -> None:
    """Let it happen, where the addon of the handhelds is installed."""
    if "stockex.sync.device" in story.env:
        story.schedule(story.now, _tell, "handhelds")


def _tell(story: Story) -> None:
    rng = Random(_SEED)
    story.records["handhelds"] = {one.name: number(rng) for one in HANDHELDS}
    story.companies["fr"].stockex_handheld_position = True
    # The day before that of today's counts, wherever the story ends.
    yesterday = (story.now - timedelta(hours=6)).date() - timedelta(days=1)
    morning = datetime.combine(yesterday, time(6, 30))
    for one in _kept(revoked=True):
        _hello(story, one, story.now - timedelta(minutes=one.silent))
        _revoke(story, one)
    for one in _kept():
        _hello(story, one, morning - timedelta(minutes=20), calm=True)
    lines = _walk_through(story, morning, rng)
    plain = [line for line in lines if not _is_serial(line)]
    _contradict(story, plain[10:60:40][:2], morning + timedelta(hours=4), rng)
    _come_too_late(story, rng)
    _count_offline(story, rng)
    for one in _kept():
        _hello(story, one, story.now - timedelta(minutes=one.silent))
    story.env["stockex.sync.device"]._cron_stuck()


# --- Calls ---


def _kept(*, revoked: bool = False) -> list[Handheld]:
    return [one for one in HANDHELDS if one.revoked == revoked]


def _of(login: str) -> Handheld:
    return next(one for one in _kept() if one.login == login)


def _call(story: Story, one: Handheld, moment: datetime) -> tuple:
    """Return the environment of a handheld's user, and what each of its calls says."""
    user = story.users[one.login]
    code = next(c for c, company in story.companies.items() if company == user.company_id)
    env = story.in_company(code)
    clock = moment + timedelta(minutes=one.clock)
    sent = {"device": story.records["handhelds"][one.name], "protocol": 1, "now": _written(clock)}
    return env(user=user), sent


def _hello(story: Story, one: Handheld, moment: datetime, *, calm: bool = False) -> None:
    """Let a handheld say how it is; `calm`: as in the morning, when all was well."""
    env, sent = _call(story, one, moment)
    oldest = moment + timedelta(minutes=one.silent - one.oldest)
    queue = {"waiting": one.waiting, "oldest_at": _written(oldest)}
    with _at(story, moment):
        env["stockex.sync.device"]._hello(
            {
                **sent,
                "name": one.name,
                "platform": MOBILE,
                "app_version": "19.0.1.2.0",
                "battery": 97 if calm else one.battery,
                "charging": one.charging,
                "queue": {"waiting": 0} if calm or not one.waiting else queue,
            }
        )


def _push(story: Story, one: Handheld, moment: datetime, ops: list[dict]) -> None:
    env, sent = _call(story, one, moment)
    with _at(story, moment):
        env["stockex.sync.push"]._push({**sent, "ops": ops})
        env.flush_all()


def _op(story: Story, rng: Random, line, moment: datetime, one: Handheld, **vals) -> dict:
    numbers = story.records.setdefault("handheld_ops", {})
    numbers[one.name] = numbers.get(one.name, 0) + 1
    return {
        "op": number(rng),
        "seq": numbers[one.name],
        "kind": "count",
        "session": line.session_id.id,
        "line": line.id,
        "at": _written(moment + timedelta(minutes=one.clock)),
        "source": rng.choice(("wedge", "wedge", "camera", "pad")),
        **vals,
    }


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds") + "Z"


# --- What happened ---


def _walk_through(story: Story, morning: datetime, rng: Random) -> list:
    """Let one counter walk through two aisles; return the lines that were counted."""
    with _at(story, morning - timedelta(minutes=10)):
        session = _create(story, CountPlan("Inventaire tournant, allées E et F", "LYO", "E", 0))
        aisles = session.env["stock.location"].search(
            [("barcode", "in", [f"LYO-{aisle}" for aisle in _AISLES])]
        )
        session.location_ids = [(6, 0, aisles.ids)]
        session.action_start()
    story.records["handheld_count"] = session
    lines = list(session.sudo().line_ids.sorted("sequence"))
    lines = lines[: round(len(lines) * _PART)]
    one = _of("counter")
    bins = list(dict.fromkeys(line.location_id for line in lines))
    ops = []
    for line, moment in zip(lines, walk(morning, len(lines)), strict=True):
        place = line.location_id
        ops.append(
            _op(
                *(story, rng, line, moment, one),
                quantity=_seen(rng, line),
                mode="add",
                # The barcode names aisle, rack and bin: LYO-E-02-03.
                position=position(_AISLES.index(place.barcode[4]), bins.index(place)),
            )
        )
    for _number, part in groupby(enumerate(ops), key=lambda pair: pair[0] // _CALL):
        found = [op for _index, op in part]
        sent_at = datetime.fromisoformat(found[-1]["at"].rstrip("Z")) + timedelta(seconds=4)
        _push(story, one, sent_at, found)
    return lines


def _seen(rng: Random, line) -> float:
    """Return what lies there: nearly always what the book says."""
    wrong = rng.random() < 0.06 and not _is_serial(line)
    return max(0.0, line.book_quantity + (rng.choice((-1, 1)) if wrong else 0))


def _is_serial(line) -> bool:
    return line.product_id.tracking == "serial"


def _contradict(story: Story, lines: list, moment: datetime, rng: Random) -> None:
    """Let a second counter, without a network, correct lines that the first had counted."""
    one = _of("counter2")
    ops = [
        _op(
            *(story, rng, line, moment + timedelta(minutes=rank), one),
            quantity=line.counted_quantity + 2,
            mode="set",
            base="e0",
        )
        for rank, line in enumerate(lines)
    ]
    _push(story, one, moment + timedelta(minutes=20), ops)


def _come_too_late(story: Story, rng: Random) -> None:
    """Let somebody count on in a session whose review has begun."""
    session = story.env["stockex.count.session"].search(
        [("state", "=", "review"), ("company_id", "=", story.companies["fr"].id)], limit=1
    )
    if line := session.line_ids[:1]:
        moment = story.now - timedelta(minutes=50)
        one = _of("counter2")
        op = _op(story, rng, line, moment, one, quantity=line.counted_quantity + 1, mode="add")
        _push(story, one, moment + timedelta(minutes=3), [op])


def _count_offline(story: Story, rng: Random) -> None:
    """Let the handheld that cannot send any more send a little before."""
    session = story.env["stockex.count.session"].search(
        [("state", "=", "counting"), ("company_id", "=", story.companies["fr"].id),
         ("id", "!=", story.records["handheld_count"].id)], limit=1
    )  # fmt: skip
    one = _of("counter3")
    moment = story.now - timedelta(minutes=one.oldest + 5)
    lines = session.line_ids.filtered(lambda line: line.state == "pending")[:3]
    ops = [
        _op(story, rng, line, moment, one, quantity=line.book_quantity, mode="add")
        for line in lines
    ]
    _push(story, one, moment + timedelta(minutes=1), ops)


def _revoke(story: Story, one: Handheld) -> None:
    """Let the controller shut out a handheld that was lost."""
    device = story.env["stockex.sync.device"].search(
        [("uuid", "=", story.records["handhelds"][one.name])]
    )
    with _at(story, story.now - timedelta(minutes=one.silent - 60)):
        device.with_user(story.users[STAFF["fr"]["controller"]]).action_revoke()
