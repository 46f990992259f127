"""The types of the Python client, and how its texts are written."""

import json

from . import contract as facts
from .shapes import Anything, Either, Many, Plain, Record, Shape, Words
from .words import HEADER, paragraphs, sentence

PLAIN = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}
WIDTH = 88


def head(docstring: str) -> str:
    """Begin a module."""
    return f'# {HEADER}\n"""{docstring}"""\n'


def annotation(shape: Shape) -> str:
    """Write a type."""
    match shape:
        case Plain(name):
            return PLAIN[name]
        case Words(values):
            return f"Literal[{', '.join(quoted(value) for value in values)}]"
        case Record(name):
            return name
        case Many(item):
            return f"list[{annotation(item)}]"
        case Either(kinds):
            return " | ".join(annotation(kind) for kind in kinds)
        case Anything(is_object):
            return "dict[str, Any]" if is_object else "Any"
    raise TypeError(shape)


def quoted(text: str) -> str:
    """Write a text in quotes."""
    return json.dumps(text, ensure_ascii=False)


def schemas(contract: facts.Contract) -> str:
    """Write the module of all records."""
    blocks = [_fields_alias(name, words) for name, words in _field_aliases(contract).items()]
    blocks += [_record(schema) for schema in contract.schemas]
    return (
        head("What requests and answers are made of.")
        + "\nfrom __future__ import annotations\n\n"
        + "from typing import Any, Literal, NotRequired, TypedDict\n\n"
        + "\n\n".join(blocks)
    )


def _field_aliases(contract: facts.Contract) -> dict[str, tuple[str, ...]]:
    """Return the type of each `fields` parameter -> what it may name."""
    found: dict[str, tuple[str, ...]] = {}
    for operation in contract.operations:
        if words := facts.field_words(operation):
            found[alias_of(operation)] = words
    return dict(sorted(found.items()))


def alias_of(operation: facts.Operation) -> str:
    """Name the type of an operation's `fields`."""
    return f"{operation.item or operation.answer}Property"


def _fields_alias(name: str, words: tuple[str, ...]) -> str:
    return f"{name} = {annotation(Words(words))}\n"


def _record(schema: facts.Schema) -> str:
    lines = [f"class {schema.name}(TypedDict):"]
    text = paragraphs([sentence(schema.description or f"{schema.name}.")], WIDTH)
    lines += docstring(text, "    ")
    for one in schema.properties:
        kind = annotation(one.shape)
        lines.append(f"    {one.name}: {f'NotRequired[{kind}]' if one.optional else kind}")
        if one.description:
            lines += docstring(paragraphs([sentence(one.description)], WIDTH), "    ")
    return "\n".join(lines) + "\n"


def docstring(lines: list[str], indent: str) -> list[str]:
    """Write a docstring."""
    if len(lines) == 1:
        return [f'{indent}"""{_escaped(lines[0])}"""']
    body = [f"{indent}{_escaped(line)}".rstrip() for line in lines[1:]]
    return [f'{indent}"""{_escaped(lines[0])}', *body, f'{indent}"""']


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
