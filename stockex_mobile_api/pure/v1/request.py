"""Turn what a client sent into the values that an operation declares."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,12})?")
WORDS = {"true": True, "false": False}


class RequestInvalid(ValueError):
    """A request that breaks its contract.

    :ivar malformed: it is no JSON at all.
    :ivar faults: dicts with where, message, code.
    """

    def __init__(self, faults: list[dict[str, str]], malformed: bool = False) -> None:
        super().__init__("; ".join(f"{fault['where']}: {fault['message']}" for fault in faults))
        self.faults = faults
        self.malformed = malformed


def read_body(schema: type[Model], raw: bytes) -> Model:
    """Validate a JSON body.

    :raise RequestInvalid: naming each property that is wrong.
    """
    try:
        return schema.model_validate_json(raw or b"null")
    except ValidationError as error:
        faults = _faults(error, "body")
        raise RequestInvalid(faults, any(f["code"] == "json_invalid" for f in faults)) from error


def read_query(schema: type[Model] | None, given: Mapping[str, Sequence[str]]) -> Model | None:
    """Validate a query string; the items of a list are separated by commas.

    :param given: parameter -> its values in order.
    :raise RequestInvalid: also for a parameter that the operation does not know.
    """
    known = schema.model_fields if schema else {}
    faults: list[dict[str, str]] = []
    values: dict[str, object] = {}
    for name, texts in given.items():
        if name not in known:
            faults.append(_fault("query", name, "unknown parameter", "extra_forbidden"))
        elif len(texts) > 1:
            faults.append(_fault("query", name, "given more than once", "repeated"))
        elif _is_list(known[name].annotation):
            item = _item(known[name].annotation)
            values[name] = [_value(text, item) for text in texts[0].split(",")]
        else:
            values[name] = _value(texts[0], known[name].annotation)
    if faults:
        raise RequestInvalid(faults)
    if schema is None:
        return None
    try:
        return schema.model_validate_json(json.dumps(values))
    except ValidationError as error:
        raise RequestInvalid(_faults(error, "query")) from error


def _value(text: str, annotation: Any) -> object:
    """Read a text as the JSON value that it stands for, if the parameter wants one."""
    kinds = _kinds(annotation)
    if bool in kinds and text in WORDS:
        return WORDS[text]
    if int in kinds and WHOLE.fullmatch(text):
        return int(text)
    if float in kinds and DECIMAL.fullmatch(text):
        return float(text)
    return text


def _kinds(annotation: Any) -> set[type]:
    """List the plain types that an annotation allows."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return {str}
    if parts := get_args(annotation):
        return set().union(*(_kinds(part) for part in parts))
    return {annotation}


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is list or any(
        get_origin(part) is list for part in get_args(annotation)
    )


def _item(annotation: Any) -> Any:
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is list:
            return get_args(part)[0]
    return annotation


def _faults(error: ValidationError, place: str) -> list[dict[str, str]]:
    return [
        _fault(place, ".".join(str(part) for part in one["loc"]), one["msg"], one["type"])
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _fault(place: str, name: str, message: str, code: str) -> dict[str, str]:
    where = f"{place}.{name}" if name else place
    return {"where": where, "message": message, "code": code}
