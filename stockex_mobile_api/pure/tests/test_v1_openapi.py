import dataclasses
from datetime import date, timedelta

import pytest

from stockex_mobile_api.pure.v1 import counts
from stockex_mobile_api.pure.v1.catalogue import OPERATIONS, register
from stockex_mobile_api.pure.v1.openapi import build
from stockex_mobile_api.pure.v1.operation import Operation
from stockex_mobile_api.pure.v1.types import Empty

LIST = Operation(
    name="list_counts",
    method="GET",
    path="/counts",
    summary="List counts",
    tag="Counts",
    scope="counts:read",
    query=counts.CountQuery,
    response=counts.CountPage,
)
START = Operation(
    name="start_count",
    method="POST",
    path="/counts/{count_id}/start",
    summary="Start a count",
    tag="Counts",
    scope="counts:write",
    body=Empty,
    response=counts.Count,
    deprecated=date(2027, 1, 1),
    sunset=date(2028, 1, 1),
)
UPDATE = Operation(
    name="update_count",
    method="PATCH",
    path="/counts/{count_id}",
    summary="Change a count",
    tag="Counts",
    scope="counts:write",
    body=counts.CountUpdate,
    response=counts.Count,
    versioned=True,
)
PUBLIC = Operation(
    name="ping", method="GET", path="/ping", summary="Ping", tag="Counts", scope=None
)


@pytest.fixture
def document():
    scopes = {"counts:read": "See counts", "counts:write": "Change counts"}
    return build([LIST, START, UPDATE, PUBLIC], scopes, "1.0.0", {"Counts": "Counting"}, "/v1")


def test_a_list_takes_pages_filters_and_sparse_fields(document):
    parameters = {one["name"]: one for one in document["paths"]["/counts"]["get"]["parameters"]}

    assert {"limit", "cursor", "fields", "sort", "state", "updated_since"} <= set(parameters)
    assert parameters["limit"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "default": 50,
    }
    assert parameters["state"]["explode"] is False
    assert "anyOf" not in parameters["warehouse_id"]["schema"]


def test_each_operation_names_the_errors_it_may_answer_with(document):
    paths = document["paths"]

    assert sorted(paths["/counts"]["get"]["responses"]) == [
        "200",
        "401",
        "403",
        "409",
        "422",
        "429",
        "500",
        "503",
    ]
    assert sorted(paths["/counts/{count_id}/start"]["post"]["responses"]) == [
        *("200", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503")
    ]
    assert "412" in paths["/counts/{count_id}"]["patch"]["responses"]
    assert sorted(paths["/ping"]["get"]["responses"]) == ["200", "422", "500", "503"]


def test_what_will_end_says_so(document):
    start = document["paths"]["/counts/{count_id}/start"]["post"]

    assert start["deprecated"] is True
    assert (start["x-deprecated-on"], start["x-sunset-on"]) == ("2027-01-01", "2028-01-01")


def test_writing_takes_the_headers_that_make_it_safe(document):
    def headers(path, method):
        parameters = document["paths"][path][method]["parameters"]
        return {one["name"] for one in parameters if one["in"] == "header"}

    assert headers("/counts/{count_id}/start", "post") == {"Idempotency-Key"}
    assert headers("/counts/{count_id}", "patch") == {"If-Match"}


def test_an_answer_that_holds_a_secret_is_not_promised_again(document):
    asking = dataclasses.replace(START, secret=True)
    told = build([asking], {}, "1.0.0", {}, "/v1")["paths"][START.path]["post"]["parameters"]
    usual = document["paths"][START.path]["post"]["parameters"]

    assert "not kept" in told[-1]["description"]
    assert "same answer" in usual[-1]["description"]
    assert told[-1]["schema"] == usual[-1]["schema"]


def test_an_operation_needs_a_key_with_its_scope_or_none_at_all(document):
    assert document["paths"]["/ping"]["get"]["security"] == []
    assert document["paths"]["/counts"]["get"]["security"] == [
        {"key": []},
        {"oauth2": ["counts:read"]},
    ]


def test_every_reference_leads_somewhere(document):
    schemas = document["components"]["schemas"]

    def references(part):
        if isinstance(part, dict):
            for name, value in part.items():
                if name == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    wanted = set(references(document))
    assert wanted
    assert {name.removeprefix("#/components/schemas/") for name in wanted} <= set(schemas)


def test_two_operations_share_neither_name_nor_place():
    known = dict(OPERATIONS)
    try:
        register(LIST)
        register(LIST)
        with pytest.raises(ValueError, match="served twice"):
            register(Operation(**{**vars(LIST), "name": "other"}))
        with pytest.raises(ValueError, match="are named"):
            register(Operation(**{**vars(LIST), "path": "/elsewhere"}))
    finally:
        OPERATIONS.clear()
        OPERATIONS.update(known)


@pytest.mark.parametrize("days", [None, -1, 0, 364])
def test_what_ends_is_told_a_year_ahead(days):
    known = dict(OPERATIONS)
    begin = date(2027, 1, 1)
    end = None if days is None else begin + timedelta(days=days)
    try:
        for deprecated, sunset in ((begin, end), (None, begin)):
            ending = Operation(**{**vars(START), "deprecated": deprecated, "sunset": sunset})
            with pytest.raises(ValueError, match="start_count must be deprecated, and end 365"):
                register(ending)
            assert known == OPERATIONS
        register(START)
        assert OPERATIONS["start_count"] == START
    finally:
        OPERATIONS.clear()
        OPERATIONS.update(known)


def test_a_description_is_written_when_the_document_is():
    words = ["first"]
    ping = Operation(**{**vars(PUBLIC), "description": lambda: words[0]})

    words[0] = "later"
    built = build([ping], {}, "1.0.0", {"Counts": "Counting"}, "/v1")

    assert built["paths"]["/ping"]["get"]["description"] == "later"
