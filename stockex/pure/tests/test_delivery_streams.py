"""Laws over whole streams of messages: none lost, none twice, none at a wrong hour."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from ..notify.delivery import Action, Frequency, Item, day_bounds, is_quiet, plan_all
from .delivery_cases import MINUTE, instants, wishes_of_users

items = st.builds(Item, category=st.integers(1, 4), urgent=st.booleans())
streams = st.lists(st.tuples(st.integers(0, 60 * 24 * 10), items), max_size=40).map(
    lambda pairs: sorted(pairs, key=lambda pair: pair[0])
)


def run(wishes, begin, stream, step):
    """Do what the models do, step by step: what is due is planned anew, in its order.

    :return: (sent: [(number, instant)], digests: {instant: [numbers]}, skipped: [numbers])
    """
    due, digests, sent, skipped = {}, {}, [], []
    pending, held = list(enumerate(stream)), {}
    now = begin
    while pending or due or held:
        while pending and begin + pending[0][1][0] * MINUTE <= now:
            number, (_minute, item) = pending.pop(0)
            due[number] = (now, item)
        ready = [number for number, (at, _item) in sorted(due.items()) if at <= now]
        today = sum(start_of(wishes, at) == start_of(wishes, now) for _number, at in sent)
        decisions = plan_all(wishes, now, [due[number][1] for number in ready], today)
        for number, decision in zip(ready, decisions, strict=True):
            _at, item = due.pop(number)
            if decision.action == Action.SEND:
                sent.append((number, now))
            elif decision.action == Action.WAIT:
                due[number] = (decision.at, item)
            elif decision.action == Action.DIGEST:
                held[number] = decision.at
            else:
                skipped.append(number)
        if ready_for_digest := sorted(number for number, at in held.items() if at <= now):
            assert not is_quiet(wishes, now)
            digests[now] = ready_for_digest
            held = {number: at for number, at in held.items() if at > now}
        now = min([at for at, _item in due.values()] + [*held.values(), now + step])
    return sent, digests, skipped


def start_of(wishes, instant):
    return day_bounds(wishes.zone, instant)[0]


steps = st.integers(1, 300).map(lambda count: count * MINUTE)


@given(wishes_of_users, instants, streams, steps)
def test_nothing_is_lost_and_nothing_comes_twice(wishes, begin, stream, step):
    sent, digests, skipped = run(wishes, begin.replace(second=0), stream, step)

    numbers = [number for number, _at in sent] + skipped
    numbers += [number for group in digests.values() for number in group]
    assert sorted(numbers) == list(range(len(stream)))
    assert all(stream[number][1].category in wishes.muted for number in skipped)


@given(wishes_of_users, instants, streams, steps)
def test_nothing_is_sent_in_quiet_hours_or_beyond_the_limit(wishes, begin, stream, step):
    sent, _digests, _skipped = run(wishes, begin.replace(second=0), stream, step)

    days = {}
    for number, at in sent:
        day = start_of(wishes, at)
        if not stream[number][1].urgent:
            assert not is_quiet(wishes, at)
            assert wishes.frequency == Frequency.AT_ONCE
            assert not wishes.most_per_day or days.get(day, 0) < wishes.most_per_day
        days[day] = days.get(day, 0) + 1


@given(wishes_of_users, instants, streams, steps)
def test_messages_keep_their_order(wishes, begin, stream, step):
    sent, digests, _skipped = run(wishes, begin.replace(second=0), stream, step)

    for urgent in (True, False):
        numbers = [number for number, _at in sent if stream[number][1].urgent is urgent]
        assert numbers == sorted(numbers)
    assert all(group == sorted(group) for group in digests.values())
    in_digests = list(chain(*digests.values()))
    assert in_digests == sorted(in_digests)
