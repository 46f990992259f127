"""The PHP client: its operations, with array shapes for those who check types."""

import json

from . import contract as facts
from .shapes import Anything, Either, Many, Plain, Record, Shape, Words
from .words import HEADER, camel, paragraphs, sentence

PLAIN = {
    "string": "string",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "null",
}
NAMESPACE = "Stockex\\Client"
WIDTH = 90
LINE = 110


def files(contract: facts.Contract) -> dict[str, str]:
    """Return path below `sdk/php` -> text."""
    found = {
        "composer.json": _package(),
        "src/Version.php": _version(contract),
        "src/Schemas.php": _schemas(contract),
        "src/Client.php": _client(contract),
    }
    for group in contract.groups:
        found[f"src/Operations/{group.class_name}.php"] = _operations(group)
    return found


def _package() -> str:
    package = {
        "name": "stockex/client",
        "description": "A client of the Stockex REST API",
        "type": "library",
        "license": "LGPL-3.0-only",
        "require": {"php": ">=8.2", "ext-curl": "*", "ext-json": "*"},
        "autoload": {"psr-4": {f"{NAMESPACE}\\": "src/"}},
    }
    return json.dumps(package, indent=4) + "\n"


def _head(namespace: str = NAMESPACE) -> str:
    return f"<?php\n\n// {HEADER}\n\ndeclare(strict_types=1);\n\nnamespace {namespace};\n"


def _version(contract: facts.Contract) -> str:
    return (
        f"{_head()}\n/** Which document the client was made from. */\nfinal class Version\n{{\n"
        f"    public const VERSION = '{contract.version}';\n"
        f"    public const ROOT = '{contract.root}';\n}}\n"
    )


def _client(contract: facts.Contract) -> str:
    uses = "\n".join(f"    use Operations\\{group.class_name};" for group in contract.groups)
    return (
        f"{_head()}\n/** The API, with the rights of its key's owner. */\n"
        f"final class Client extends Transport\n{{\n{uses}\n}}\n"
    )


# --- Types ---


def annotation(shape: Shape) -> str:
    """Write a type of PHPDoc."""
    match shape:
        case Plain(name):
            return PLAIN[name]
        case Words(values):
            return "|".join(_quoted(value) for value in values)
        case Record(name):
            return name
        case Many(item):
            return f"list<{annotation(item)}>"
        case Either(kinds):
            return "|".join(annotation(kind) for kind in kinds)
        case Anything(is_object):
            return "array<string, mixed>" if is_object else "mixed"
    raise TypeError(shape)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _schemas(contract: facts.Contract) -> str:
    lines = ["/**", " * What requests and answers are made of.", " *"]
    for schema in contract.schemas:
        lines += [f" * {line}".rstrip() for line in _record(schema)]
    return f"{_head()}\n" + "\n".join([*lines, " */", "final class Schemas", "{", "}", ""])


def _record(schema: facts.Schema) -> list[str]:
    if not schema.properties:
        return [f"@phpstan-type {schema.name} array{{}}"]
    parts = [
        f"    {one.name}{'?' if one.optional else ''}: {annotation(one.shape)},"
        for one in schema.properties
    ]
    more = ["    ..."] if schema.open else []
    return [f"@phpstan-type {schema.name} array{{", *parts, *more, "}"]


# --- Operations ---


def _operations(group: facts.Group) -> str:
    methods = [text for one in group.operations for text in _methods(one)]
    used = sorted({name for one in group.operations for name in (one.body, one.answer, one.item)})
    imports = [f" * @phpstan-import-type {name} from Schemas" for name in used if name]
    doc = ["/**", f" * {sentence(group.description)}", " *", *imports, " */"]
    head = _head(f"{NAMESPACE}\\Operations")
    return (
        f"{head}\nuse {NAMESPACE}\\Schemas;\n\n"
        + "\n".join(doc)
        + f"\ntrait {group.class_name}\n{{\n"
        + "\n\n".join(methods)
        + "\n}\n"
    )


def _methods(operation: facts.Operation) -> list[str]:
    found = [_method(operation)]
    if operation.item:
        found.append(_walk(operation))
    if operation.is_versioned_read:
        found.append(_version_read(operation))
    return found


def _method(operation: facts.Operation) -> str:
    parameters, tags = _places(operation), []
    raw = operation.media and not operation.sends_json
    if raw:
        parameters += ["string $data"]
    elif operation.body:
        parameters.append("array $body")
        tags.append(f"@param {operation.body} $body")
    if operation.query:
        needed = any(one.required for one in operation.query)
        parameters.append("array $query" + ("" if needed else " = []"))
        tags += _query_tag(operation.query)
    if raw:
        parameters.append(f"string $mediaType = {_quoted(operation.media[0])}")
        tags.append(f"@param {annotation(Words(operation.media))} $mediaType")
    if operation.takes_version:
        parameters.append("?string $ifMatch = null")
    if operation.takes_key:
        parameters.append("?string $idempotencyKey = null")
    if operation.answer:
        tags.append(f"@return {operation.answer}")
    if operation.deprecated:
        tags.append(f"@deprecated {operation.sunset and f'until {operation.sunset}'}".rstrip())
    kind = "array" if operation.answer else "string" if operation.downloads else "void"
    line = f"{'' if kind == 'void' else 'return '}{_call(operation)};"
    return _write(operation.name, _texts(operation), tags, parameters, kind, line)


def _call(operation: facts.Operation) -> str:
    query = ["$query"] if operation.query else []
    if operation.method == "GET":
        helper = "download" if operation.downloads else "read"
        return f"$this->{helper}({', '.join([_path(operation), *query])})"
    parts = [_quoted(operation.method), _path(operation)]
    if operation.media and not operation.sends_json:
        parts += ["$data", "$mediaType"]
    elif operation.sends_json:
        parts.append("$body" if operation.body else "[]")
    parts += ["query: $query"] if query else []
    parts += ["idempotencyKey: $idempotencyKey"] if operation.takes_key else []
    parts += ["ifMatch: $ifMatch"] if operation.takes_version else []
    return f"$this->change({', '.join(parts)})"


def _walk(operation: facts.Operation) -> str:
    text = f"Walk through all pages of `{camel(operation.name)}`, `limit` a page."
    tags = [*_query_tag(operation.walk_query), f"@return \\Generator<int, {operation.item}>"]
    line = f"return $this->pages({_path(operation)}, $query);"
    parameters = [*_places(operation), "array $query = []"]
    return _write(operation.walk_name, [text], tags, parameters, "\\Generator", line)


def _version_read(operation: facts.Operation) -> str:
    texts = [
        f"{sentence(operation.summary)[:-1]}, with its version for `ifMatch`; given a version "
        "that it still has, no record comes back."
    ]
    tags = [f"@return array{{record: {operation.answer}|null, etag: string}}"]
    line = f"return $this->readVersion({_path(operation)}, $etag);"
    parameters = [*_places(operation), "?string $etag = null"]
    return _write(f"{operation.name}_version", texts, tags, parameters, "array", line)


def _places(operation: facts.Operation) -> list[str]:
    return [f"{annotation(one.shape)} ${camel(one.name)}" for one in operation.places]


def _query_tag(query: tuple[facts.Parameter, ...]) -> list[str]:
    parts = [
        f"    {one.name}{'' if one.required else '?'}: {annotation(one.shape)}," for one in query
    ]
    return ["@param array{", *parts, "} $query"]


def _path(operation: facts.Operation) -> str:
    if not operation.places:
        return _quoted(operation.path)
    path = operation.path
    parts = []
    for one in operation.places:
        before, path = path.split(f"{{{one.name}}}", 1)
        name = f"${camel(one.name)}"
        if one.shape == Plain("string"):
            name = f"rawurlencode({name})"
        parts += [_quoted(before), name]
    parts += [_quoted(path)] if path else []
    return " . ".join(parts)


def _texts(operation: facts.Operation) -> list[str]:
    texts = [sentence(operation.summary), sentence(operation.description)]
    if operation.scope:
        texts.append(f"Scope: `{operation.scope}`.")
    return texts


def _write(
    name: str, texts: list[str], tags: list[str], parameters: list[str], kind: str, line: str
) -> str:
    comment = paragraphs(texts, WIDTH)
    comment += [*([""] if tags else []), *tags]
    doc = "\n".join(f"     * {one}".rstrip() for one in comment).replace("*/", "* /")
    head = f"    public function {camel(name)}({', '.join(parameters)}): {kind}\n    {{"
    if len(head.split("\n")[0]) > LINE:
        lines = "".join(f"        {one},\n" for one in parameters)
        head = f"    public function {camel(name)}(\n{lines}    ): {kind} {{"
    return f"    /**\n{doc}\n     */\n{head}\n        {line}\n    }}"
