"""Whatever comes, a simulator answers: its own failure would look like a cut line."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .simulators.base import Simulator
from .simulators.examples import SEND
from .simulators.message import FORM, JSON, Headers, Request
from .simulators.slack_blocks import BLOCKS
from .simulators.slack_blocks import problems as block_problems
from .simulators.telegram_text import CannotParse, parse

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "id", "elements", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
RELAXED = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module", params=SEND, ids=lambda kind: kind.name)
def recorded(request: pytest.FixtureRequest) -> Iterator[tuple[Simulator, Request]]:
    """A simulator and a good request that it has got."""
    with request.param() as sim:
        SEND[request.param](sim)
        yield sim, sim.requests[0][0]
        sim.take_faults()


def _places(value: Any, path: tuple = ()) -> list[tuple]:
    """Return the way to every part of a value."""
    found = [path]
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for name, part in pairs:
            found += _places(part, (*path, name))
    return found


def _planted(value: Any, path: tuple, other: Any) -> Any:
    if not path:
        return other
    whole = copy.deepcopy(value)
    node = whole
    for name in path[:-1]:
        node = node[name]
    node[path[-1]] = other
    return whole


def _with(headers: Headers, name: str, value: str) -> Headers:
    """Return headers of which one says something else."""
    changed = copy.deepcopy(headers)
    del changed[name]
    changed[name] = " ".join(value.split())
    return changed


@RELAXED
@given(data=st.data())
def test_another_value_at_any_place_is_answered(
    recorded: tuple[Simulator, Request], data: st.DataObject
):
    sim, request = recorded
    other = data.draw(VALUES)
    if request.media_type == JSON:
        value = request.json()
        place = data.draw(st.sampled_from(_places(value)))
        body = json.dumps(_planted(value, place, other)).encode()
    elif request.media_type != FORM:
        # Its values are in the headers; the body is sealed.
        place = data.draw(st.integers(0, len(request.body) - 1))
        body = request.body[:place] + data.draw(st.binary(max_size=4)) + request.body[place + 1 :]
        name = data.draw(st.sampled_from(sorted(set(request.headers))))
        request = replace(request, headers=_with(request.headers, name, str(other)))
    else:
        fields = {name: values[0] for name, values in request.form().items()}
        fields[data.draw(st.sampled_from(sorted(fields)))] = str(other)
        body = urlencode(fields, errors="replace").encode()

    answer = sim.answer(replace(request, body=body))

    assert answer is not None
    assert 200 <= answer.status < 500
    assert sim.crashes == []


@RELAXED
@given(body=st.binary(max_size=60), path=st.text(max_size=20), query=st.text(max_size=20))
def test_any_bytes_are_answered(
    recorded: tuple[Simulator, Request], body: bytes, path: str, query: str
):
    sim, request = recorded

    assert sim.answer(replace(request, body=body)).status < 500
    assert sim.answer(replace(request, path="/" + path, query=query)).status >= 400


@RELAXED
@given(source=st.text(alphabet="ab é👍_*[]()~`>#+-=|{}.!\\\n<>/&;\"'b=", max_size=40))
@pytest.mark.parametrize("mode", ["HTML", "MarkdownV2", "Markdown"])
def test_any_text_is_parsed_or_refused(mode: str, source: str):
    try:
        plain, entities = parse(source, mode)
    except CannotParse:
        return
    assert len(plain) <= len(source)
    assert all(entity["length"] > 0 for entity in entities if mode != "Markdown")


@RELAXED
@given(text=st.text(min_size=1, max_size=60))
def test_a_text_with_every_sign_escaped_comes_back_whole(text: str):
    escaped = "".join(f"\\{sign}" if sign in "\\_*[]()~`>#+-=|{}.!" else sign for sign in text)

    assert parse(escaped, "MarkdownV2") == (text, [])


@RELAXED
@given(kind=st.sampled_from(sorted(BLOCKS)), more=st.dictionaries(st.text(max_size=8), VALUES))
def test_any_block_is_judged(kind: str, more: dict):
    assert isinstance(list(block_problems([{**more, "type": kind}])), list)
