"""The Python client: its operations and the types of what they send and receive."""

import keyword
import re

from . import contract as facts
from .python_types import WIDTH, alias_of, annotation, docstring, head, quoted, schemas
from .shapes import Plain, Record, Words
from .words import paragraphs, sentence

PACKAGE = "stockex_client"
COMMON = ("limit", "cursor", "fields", "sort")
SILENT = ("", "Identifier.")


def files(contract: facts.Contract) -> dict[str, str]:
    """Return path below `sdk/python` -> text."""
    found = {
        f"{PACKAGE}/version.py": _version(contract),
        f"{PACKAGE}/schemas.py": schemas(contract),
        f"{PACKAGE}/client.py": _client(contract),
        f"{PACKAGE}/operations/__init__.py": head("The operations, by their groups."),
    }
    for group in contract.groups:
        found[f"{PACKAGE}/operations/{_module(group)}.py"] = _operations(group)
    return found


def _module(group: facts.Group) -> str:
    return group.tag.lower().replace(" ", "_")


def _version(contract: facts.Contract) -> str:
    return (
        head("Which document the client was made from.")
        + f'\nVERSION = "{contract.version}"\nROOT = "{contract.root}"\n'
    )


def _client(contract: facts.Contract) -> str:
    imports = [
        f"from .operations.{_module(group)} import {group.class_name}Operations"
        for group in contract.groups
    ]
    bases = ", ".join(f"{group.class_name}Operations" for group in contract.groups)
    text = head("All operations in one object.") + "\n" + "\n".join(sorted(imports))
    text += f"\n\n\nclass Client({bases}):\n"
    return text + '    """The API, with the rights of its key\'s owner."""\n'


# --- Operations ---


def _operations(group: facts.Group) -> str:
    methods = [text for one in group.operations for text in _methods(one)]
    body = "\n\n".join(methods)
    used = sorted(name for name in _names(group) if name in body)
    typing = ["Any"] if re.search(r"(: |[\[|] ?|, )Any\b[\],) |]", body) else []
    typing += ["Literal"] if "Literal[" in body else []
    lines = [head(sentence(group.description)).rstrip("\n"), ""]
    collections = [name for name in ("Iterator", "Sequence") if f"{name}[" in body]
    if collections:
        lines.append(f"from collections.abc import {', '.join(collections)}")
    if typing:
        lines.append(f"from typing import {', '.join(typing)}")
    lines.append("")
    if used:
        lines.append(f"from ..schemas import {', '.join(used)}")
    helpers = ["Transport"]
    helpers += [name for name in ("Version", "segment") if f"{name}[" in body or f"{name}(" in body]
    lines += [f"from ..transport import {', '.join(helpers)}", "", ""]
    lines += [f"class {group.class_name}Operations(Transport):"]
    lines += [f'    """{sentence(group.description)}"""', "", body, ""]
    return "\n".join(lines)


def _names(group: facts.Group) -> set[str]:
    found = set()
    for one in group.operations:
        found |= {one.body, one.answer, one.item}
        if facts.field_words(one):
            found.add(alias_of(one))
        for parameter in one.query:
            if isinstance(parameter.shape, Record):
                found.add(parameter.shape.name)
    return found - {""}


def _methods(operation: facts.Operation) -> list[str]:
    found = [_method(operation)]
    if operation.item:
        found.append(_walk(operation))
    if operation.is_versioned_read:
        found.append(_version_read(operation))
    return found


def _method(operation: facts.Operation) -> str:
    wanted, named = _places(operation), _query(operation, operation.query)
    if operation.media and not operation.sends_json:
        media = annotation(Words(operation.media))
        wanted += ["data: bytes", f"media_type: {media} = {quoted(operation.media[0])}"]
    elif operation.body:
        wanted.append(f"body: {operation.body}")
    if operation.takes_version:
        named.append("if_match: str | None = None")
    if operation.takes_key:
        named.append("idempotency_key: str | None = None")
    result = operation.answer or ("bytes" if operation.downloads else "None")
    signature = _signature(operation.name, wanted, named, result)
    return "\n".join([signature, *_text(operation), *_call(operation, result)])


def _call(operation: facts.Operation, result: str) -> list[str]:
    parts = [_path(operation)]
    query = _query_dict(operation.query)
    if operation.method == "GET":
        helper = "_download" if operation.downloads else "_read"
        call = f"self.{helper}({', '.join(parts + ([query] if query else []))})"
    else:
        parts.insert(0, quoted(operation.method))
        if operation.media and not operation.sends_json:
            parts += ["data", "media_type=media_type"]
        elif operation.sends_json:
            parts.append("body" if operation.body else "{}")
        parts += [f"query={query}"] if query else []
        parts += ["if_match=if_match"] if operation.takes_version else []
        parts += ["idempotency_key=idempotency_key"] if operation.takes_key else []
        call = f"self._change({', '.join(parts)})"
    if result == "None":
        return [f"        {call}"]
    return [f"        found: {result} = {call}", "        return found"]


def _walk(operation: facts.Operation) -> str:
    signature = _signature(
        operation.walk_name,
        _places(operation),
        _query(operation, operation.walk_query),
        f"Iterator[{operation.item}]",
    )
    text = f'        """Walk through all pages of `{operation.name}`, `limit` a page."""'
    query = _query_dict(operation.walk_query)
    return "\n".join([signature, text, f"        return self._pages({_path(operation)}, {query})"])


def _version_read(operation: facts.Operation) -> str:
    kind = f"Version[{operation.answer}]"
    wanted = [*_places(operation), "etag: str | None = None"]
    return "\n".join(
        [
            _signature(f"{operation.name}_version", wanted, [], kind),
            f'        """{sentence(operation.summary)[:-1]}, with its version for `if_match`.',
            "",
            "        :param etag: a version you have; no record comes back if it is still that.",
            '        """',
            f"        return self._read_version({_path(operation)}, etag)",
        ]
    )


def _signature(name: str, wanted: list[str], named: list[str], result: str) -> str:
    parts = ["self", *wanted, *(["*", *named] if named else [])]
    return f"    def {name}({', '.join(parts)}) -> {result}:"


def _places(operation: facts.Operation) -> list[str]:
    return [f"{_argument(one)}: {annotation(one.shape)}" for one in operation.places]


def _path(operation: facts.Operation) -> str:
    path = operation.path
    for one in operation.places:
        value = _argument(one)
        value = f"segment({value})" if one.shape == Plain("string") else value
        path = path.replace(f"{{{one.name}}}", f"{{{value}}}")
    return f'f"{path}"' if operation.places else f'"{path}"'


def _query(operation: facts.Operation, query: tuple[facts.Parameter, ...]) -> list[str]:
    found = []
    for one in query:
        kind = annotation(one.shape).replace("list[", "Sequence[", 1)
        if one.name == "fields" and facts.field_words(operation):
            kind = f"Sequence[{alias_of(operation)}]"
        found.append(f"{_argument(one)}: {kind}" + ("" if one.required else " | None = None"))
    return found


def _query_dict(query: tuple[facts.Parameter, ...]) -> str:
    parts = ", ".join(f'"{one.name}": {_argument(one)}' for one in query)
    return f"{{{parts}}}" if query else ""


def _argument(parameter: facts.Parameter) -> str:
    """Name an argument; `from` cannot be one."""
    return parameter.name + "_" * keyword.iskeyword(parameter.name)


def _text(operation: facts.Operation) -> list[str]:
    texts = [sentence(operation.summary), sentence(operation.description)]
    if operation.deprecated:
        until = f" It ends on {operation.sunset}." if operation.sunset else ""
        texts.append(f"Deprecated.{until}")
    if operation.scope:
        texts.append(f"Scope: `{operation.scope}`.")
    lines = paragraphs(texts, WIDTH - 4)
    for one in operation.query:
        if one.description not in SILENT and one.name not in COMMON:
            lines += [""] if not any(":param" in line for line in lines) else []
            lines.append(f":param {one.name}: {one.description}")
    return docstring(lines, "        ")
