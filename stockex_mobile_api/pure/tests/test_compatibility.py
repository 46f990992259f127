"""What clients rely on stays; what may come, may come."""

import copy

import pytest

from stockex_mobile_api.pure.v1.compatibility import breaks

TEXT = {"type": "string"}
NULL = {"type": "null"}
THING = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer"},
        "name": {"anyOf": [TEXT, NULL], "default": None},
        "state": {"type": "string", "enum": ["draft", "done"]},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
    },
    "required": ["id"],
}
PART = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "number": {"type": "number"},
        "whole": {"$ref": "#/components/schemas/Thing"},
    },
}
NEW = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 200},
        "kind": {"type": "string", "enum": ["full", "spot"]},
        "part_ids": {
            "anyOf": [{"type": "array", "items": {"type": "integer"}, "maxItems": 100}, NULL]
        },
        "share": {"type": "number", "minimum": 0, "maximum": 1},
        "note": {"anyOf": [TEXT, NULL]},
    },
    "required": ["name"],
}
DOCUMENT = {
    "paths": {
        "/things": {
            "get": {
                "operationId": "list_things",
                "security": [{"key": []}],
                "x-scope": "things:read",
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer", "maximum": 200}},
                    {
                        "in": "query",
                        "name": "state",
                        "explode": False,
                        "schema": {
                            "type": "array",
                            "items": {"type": "string", "enum": ["draft", "done"]},
                        },
                    },
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {}, "X-Request-Id": {}},
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "304": {},
                    "404": {
                        "content": {
                            "application/problem+json": {
                                "schema": {"$ref": "#/components/schemas/Problem"}
                            }
                        }
                    },
                },
            },
            "post": {
                "operationId": "create_thing",
                "security": [{"key": []}],
                "x-scope": "things:write",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/New"}},
                        "image/png": {},
                    },
                },
                "responses": {"204": {}},
            },
        },
        "/open": {"get": {"operationId": "read_open", "security": [], "responses": {"200": {}}}},
    },
    "components": {
        "schemas": {
            "Thing": THING,
            "Part": PART,
            "New": NEW,
            "Problem": {
                "type": "object",
                "properties": {"code": TEXT, "detail": TEXT},
                "required": ["code"],
            },
        }
    },
}
GET = ("paths", "/things", "get")
POST = ("paths", "/things", "post")
SCHEMAS = ("components", "schemas")
SENT = (*SCHEMAS, "New", "properties")
RECEIVED = (*SCHEMAS, "Thing", "properties")
GONE = object()


def changed(*steps: tuple[tuple, object]) -> dict:
    """Return the document with values set, or taken out, at some places."""
    document = copy.deepcopy(DOCUMENT)
    for (*place, last), value in steps:
        part = document
        for step in place:
            part = part[step]
        if value is GONE:
            del part[last]
        elif isinstance(part, list) and last == len(part):
            part.append(value)
        else:
            part[last] = value
    return document


def test_a_document_breaks_nothing_of_itself():
    assert breaks(DOCUMENT, copy.deepcopy(DOCUMENT)) == []


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (("paths", "/open"), GONE, "/open is gone"),
        (POST, GONE, "POST /things is gone"),
        ((*GET, "operationId"), "all_things", "GET /things: its operationId is another"),
        ((*GET, "x-scope"), "all:read", "GET /things needs the scope all:read now"),
        (("paths", "/open", "get", "security"), [{"key": []}], "GET /open needs a key now"),
        ((*GET, "parameters", 0), GONE, "GET /things: query parameter limit is gone"),
        (
            (*GET, "parameters", 0, "required"),
            True,
            "GET /things: query parameter limit is required now",
        ),
        (
            (*GET, "parameters", 0, "schema", "maximum"),
            100,
            "GET /things: query parameter limit: maximum is 100 now",
        ),
        (
            (*GET, "parameters", 1, "explode"),
            True,
            "GET /things: query parameter state: explode is True now",
        ),
        (
            (*GET, "parameters", 1, "schema", "items", "enum"),
            ["done"],
            "GET /things: query parameter state[]: the value draft is gone",
        ),
        (
            (*GET, "parameters", 2),
            {"in": "query", "name": "company", "required": True, "schema": TEXT},
            "GET /things: query parameter company is new and required",
        ),
        ((*GET, "responses", "200"), GONE, "GET /things: the answer 200 is gone"),
        ((*GET, "responses", "304"), GONE, "GET /things: the answer 304 is gone"),
        (
            (*GET, "responses", "200", "headers", "ETag"),
            GONE,
            "GET /things: answer 200: the header ETag is gone",
        ),
        (
            (*GET, "responses", "200", "content"),
            {"text/csv": {}},
            "GET /things: answer 200: the content type application/json is gone",
        ),
        (
            (*POST, "requestBody", "content", "image/png"),
            GONE,
            "POST /things: body: the content type image/png is gone",
        ),
    ],
)
def test_a_change_of_an_operation_that_breaks_is_named(place, value, said):
    assert breaks(DOCUMENT, changed((place, value))) == [said]


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ((*SENT, "note"), GONE, "New.note is gone"),
        ((*SCHEMAS, "New", "required"), ["name", "kind"], "New.kind is required now"),
        ((*SENT, "name", "minLength"), 2, "New.name: minLength is 2 now"),
        ((*SENT, "name", "maxLength"), 100, "New.name: maxLength is 100 now"),
        ((*SENT, "name", "pattern"), "^a", "New.name: pattern is ^a now"),
        ((*SENT, "share", "minimum"), 0.1, "New.share: minimum is 0.1 now"),
        ((*SENT, "share", "type"), "string", "New.share does not take number"),
        ((*SENT, "share", "type"), "integer", "New.share does not take number"),
        ((*SENT, "kind", "enum"), ["full"], "New.kind: the value spot is gone"),
        ((*SENT, "note"), TEXT, "New.note does not take null"),
        ((*SENT, "note"), {"type": "string", "enum": ["a"]}, "New.note does not take null"),
        ((*SENT, "part_ids", "anyOf", 0, "maxItems"), 10, "New.part_ids: maxItems is 10 now"),
        ((*SENT, "part_ids", "anyOf", 0, "items"), TEXT, "New.part_ids[] does not take integer"),
    ],
)
def test_a_request_that_is_squeezed_is_named(place, value, said):
    assert f"POST /things: {said}" in breaks(DOCUMENT, changed((place, value)))


def test_a_new_property_of_a_request_may_not_be_required():
    document = changed(
        ((*SENT, "company"), TEXT), ((*SCHEMAS, "New", "required"), ["name", "company"])
    )

    assert breaks(DOCUMENT, document) == ["POST /things: New.company is required now"]


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ((*RECEIVED, "state"), GONE, "Thing.state is gone"),
        ((*RECEIVED, "id", "type"), "string", "Thing.id may now be string"),
        ((*RECEIVED, "id", "type"), "number", "Thing.id may now be number"),
        ((*RECEIVED, "id"), {"anyOf": [{"type": "integer"}, NULL]}, "Thing.id may now be null"),
        ((*RECEIVED, "state"), TEXT, "Thing.state may now be anything"),
        ((*RECEIVED, "state", "enum"), ["draft"], "Thing.state: the value done is gone"),
        ((*SCHEMAS, "Thing", "required"), [], "Thing.id may be absent now"),
        (
            (*SCHEMAS, "Part", "properties", "number", "type"),
            "string",
            "Part.number may now be string",
        ),
        ((*SCHEMAS, "Problem", "properties", "code"), GONE, "Problem.code is gone"),
    ],
)
def test_an_answer_that_says_less_is_named(place, value, said):
    assert breaks(DOCUMENT, changed((place, value))) == [f"GET /things: {said}"]


@pytest.mark.parametrize(
    "steps",
    [
        [(("paths", "/more"), {"get": {"operationId": "more", "responses": {"200": {}}}})],
        [((*GET, "parameters", 2), {"in": "query", "name": "search", "schema": TEXT})],
        [((*GET, "parameters", 0, "schema", "maximum"), 500)],
        [((*GET, "responses", "409"), {})],
        [((*GET, "responses", "404"), GONE)],
        [((*GET, "x-scope"), GONE)],
        [((*GET, "deprecated"), True)],
        [((*SENT, "company"), TEXT)],
        [((*SENT, "kind", "enum"), ["full", "spot", "cycle"])],
        [((*SENT, "name", "maxLength"), 500), ((*SENT, "name", "minLength"), 0)],
        [((*SENT, "name"), {"anyOf": [TEXT, NULL]})],
        [((*SENT, "share"), {"type": "number"})],
        [((*SCHEMAS, "New", "required"), [])],
        [((*SCHEMAS, "New", "additionalProperties"), True)],
        [((*RECEIVED, "more"), TEXT)],
        [((*RECEIVED, "name"), TEXT)],
        [((*RECEIVED, "state", "enum"), ["draft", "done", "lost"])],
        [((*SCHEMAS, "Part", "properties", "number", "type"), "integer")],
        [((*SCHEMAS, "Thing", "required"), ["id", "state"])],
        [((*SCHEMAS, "Thing", "description"), "In other words.")],
    ],
)
def test_what_clients_need_not_know_breaks_nothing(steps):
    assert breaks(DOCUMENT, changed(*steps)) == []


def test_a_record_that_both_ways_use_is_compared_both_ways():
    both = copy.deepcopy(DOCUMENT)
    schema = {"$ref": "#/components/schemas/Thing"}
    both["paths"]["/things"]["post"]["requestBody"]["content"]["application/json"] = {
        "schema": schema
    }
    after = copy.deepcopy(both)
    after["components"]["schemas"]["Thing"]["required"] = ["id", "state"]

    assert breaks(both, after) == ["POST /things: Thing.state is required now"]
