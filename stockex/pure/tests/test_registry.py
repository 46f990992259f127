"""The registry of event names and payloads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..counting import events  # noqa: F401 - registers the names
from ..notify import registry

POSTED = {"session": "CNT/1", "posted": 2, "failed": 0, "value": -12.5, "currency": "EUR"}


def test_a_right_payload_has_no_fault():
    assert registry.payload_faults("count.posted", POSTED) == []


def test_a_whole_number_is_a_number_too():
    assert registry.payload_faults("count.posted", {**POSTED, "value": -12}) == []


@given(st.sampled_from(sorted(POSTED)))
def test_each_missing_key_is_a_fault(key):
    payload = {name: value for name, value in POSTED.items() if name != key}

    assert registry.payload_faults("count.posted", payload) == [f"{key}: missing"]


@given(st.text().filter(lambda text: text not in POSTED))
def test_each_key_too_many_is_a_fault(key):
    payload = {**POSTED, key: 1}

    assert registry.payload_faults("count.posted", payload) == [f"{key}: not in the schema"]


@pytest.mark.parametrize(
    ("key", "value"),
    [("posted", "2"), ("posted", 2.0), ("posted", True), ("value", None), ("session", 7)],
)
def test_each_wrong_type_is_a_fault(key, value):
    [text] = registry.payload_faults("count.posted", {**POSTED, key: value})

    assert text.startswith(f"{key}: {type(value).__name__} instead of")


def test_an_unknown_name_is_a_fault():
    assert registry.payload_faults("count.lost", {}) == ["unknown event 'count.lost'"]


def test_a_name_has_one_schema(monkeypatch):
    monkeypatch.setattr(registry, "_EVENTS", {})
    registry.register("count.lost", {"session": str})
    registry.register("count.lost", {"session": str})

    with pytest.raises(ValueError, match="another schema"):
        registry.register("count.lost", {"session": int})

    assert registry.names() == ["count.lost"]


def test_names_are_a_noun_and_a_past_participle():
    for name in registry.names():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name), name


def test_what_only_programs_follow_is_not_offered_to_rules():
    registry.register("test.ticked", {"count": int}, for_people=False)
    try:
        assert "test.ticked" in registry.names()
        assert "test.ticked" not in registry.names_for_people()
        assert "count.posted" in registry.names_for_people()
    finally:
        registry._EVENTS.pop("test.ticked")
        registry._FOR_PROGRAMS.discard("test.ticked")
