"""The JavaScript client: its operations, and TypeScript's description of all of it."""

import json

from . import contract as facts
from .shapes import Anything, Either, Many, Plain, Record, Shape, Words
from .words import HEADER, camel, paragraphs, sentence

PLAIN = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
WIDTH = 90


def files(contract: facts.Contract) -> dict[str, str]:
    """Return path below `sdk/javascript` -> text."""
    return {
        "package.json": _package(contract),
        "src/version.js": f"// {HEADER}\n\n"
        f'export const VERSION = "{contract.version}";\nexport const ROOT = "{contract.root}";\n',
        "src/client.js": _client(contract),
        "src/index.d.ts": _types(contract),
    }


def _package(contract: facts.Contract) -> str:
    package = {
        "name": "stockex-client",
        "version": contract.version,
        "description": "A client of the Stockex REST API",
        "license": "LGPL-3.0-only",
        "type": "module",
        "exports": {".": {"types": "./src/index.d.ts", "default": "./src/index.js"}},
        "types": "./src/index.d.ts",
        "files": ["src", "examples"],
        "engines": {"node": ">=20.3"},
        "sideEffects": False,
    }
    return json.dumps(package, indent=4) + "\n"


# --- Types ---


def annotation(shape: Shape) -> str:
    """Write a type."""
    match shape:
        case Plain(name):
            return PLAIN[name]
        case Words(values):
            return " | ".join(_quoted(value) for value in values)
        case Record(name):
            return name
        case Many(item):
            return f"Array<{annotation(item)}>"
        case Either(kinds):
            return " | ".join(annotation(kind) for kind in kinds)
        case Anything(is_object):
            return "Record<string, unknown>" if is_object else "unknown"
    raise TypeError(shape)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _types(contract: facts.Contract) -> str:
    blocks = [f"// {HEADER}", RUNTIME, *(_interface(one) for one in contract.schemas)]
    blocks += [_query_type(one) for one in contract.operations if one.query]
    methods = [text for one in contract.operations for text in _declarations(one)]
    blocks.append(
        "/** All operations in one object. */\nexport class Client {\n"
        "    constructor(url: string, key: string, settings?: Settings);\n"
        + "\n".join(methods)
        + "\n}"
    )
    return "\n\n".join(blocks) + "\n"


RUNTIME = """
/** How the client sends. */
export interface Settings {
    /** Longest silence of the server; 60. */
    timeoutS?: number;
    /** How often a request is repeated; 5. */
    maxRetries?: number;
    /** Longest wait before a repetition; 120. */
    maxWaitS?: number;
    /** Instead of the platform's. */
    fetch?: typeof fetch;
}

export interface Options {
    signal?: AbortSignal;
}

export interface ChangeOptions extends Options {
    /** A UUID is made if there is none; repetitions carry the same. */
    idempotencyKey?: string;
    /** The `etag` that the change is based on. */
    ifMatch?: string;
}

/** A record and its version; null if it still is the version that was asked about. */
export interface Version<T> {
    record: T | null;
    etag: string;
}

export const VERSION: string;
export function uuid4(): string;

/** Every error of this client. */
export class StockexError extends Error {}

/** No answer came; unless the call was repeatable, nobody knows whether it was done. */
export class NetworkError extends StockexError {}

/** The server refused (RFC 9457). */
export class ApiError extends StockexError {
    status: number;
    /** Stable, for programs. */
    code: string;
    title: string;
    /** What happened, to which record, and the way out. */
    detail: string;
    errors: Array<Fault>;
    /** Names the request in the server's log. */
    requestId: string;
    retryAfterS: number | null;
}
""".strip()


def _interface(schema: facts.Schema) -> str:
    lines = [*_comment([sentence(schema.description)], ""), f"export interface {schema.name} {{"]
    for one in schema.properties:
        lines += _comment([sentence(one.description)], "    ")
        lines.append(f"    {one.name}{'?' if one.optional else ''}: {annotation(one.shape)};")
    if schema.open:
        lines.append("    [name: string]: unknown;")
    return "\n".join([*lines, "}"])


def _query_type(operation: facts.Operation) -> str:
    lines = [f"export interface {_query_name(operation)} {{"]
    for one in operation.query:
        lines += _comment([sentence(one.description)], "    ")
        lines.append(f"    {one.name}{'' if one.required else '?'}: {annotation(one.shape)};")
    return "\n".join([*lines, "}"])


def _query_name(operation: facts.Operation) -> str:
    name = camel(operation.name)
    return f"{name[0].upper()}{name[1:]}Query"


def _declarations(operation: facts.Operation) -> list[str]:
    result = operation.answer or ("Uint8Array" if operation.downloads else "void")
    places = [f"{camel(one.name)}: {annotation(one.shape)}" for one in operation.places]
    options = "Options" if operation.method == "GET" else "ChangeOptions"
    found = [
        _declare(
            operation, operation.name, [*places, *_rest(operation, options)], f"Promise<{result}>"
        )
    ]
    if operation.item:
        query = f'query?: Omit<{_query_name(operation)}, "cursor">'
        kind = f"AsyncGenerator<{operation.item}, void, void>"
        found.append(
            _declare(operation, operation.walk_name, [*places, query, "options?: Options"], kind)
        )
    if operation.is_versioned_read:
        kind = f"Promise<Version<{operation.answer}>>"
        parameters = [*places, "etag?: string", "options?: Options"]
        found.append(_declare(operation, f"{operation.name}_version", parameters, kind))
    return found


def _rest(operation: facts.Operation, options: str) -> list[str]:
    found = []
    if operation.media and not operation.sends_json:
        found += ["data: Uint8Array | ArrayBuffer | Blob"]
    elif operation.body:
        found.append(f"body: {operation.body}")
    if operation.query:
        needed = any(one.required for one in operation.query)
        found.append(f"query{'' if needed else '?'}: {_query_name(operation)}")
    if operation.media and not operation.sends_json:
        found.append(f"mediaType?: {annotation(Words(operation.media))}")
    return [*found, f"options?: {options}"]


def _declare(operation: facts.Operation, name: str, parameters: list[str], result: str) -> str:
    lines = _comment(_texts(operation, name), "    ")
    return "\n".join([*lines, f"    {camel(name)}({', '.join(parameters)}): {result};"])


def _texts(operation: facts.Operation, name: str) -> list[str]:
    if name == operation.walk_name and operation.item:
        return [f"Walk through all pages of `{camel(operation.name)}`, `limit` a page."]
    texts = [sentence(operation.summary), sentence(operation.description)]
    if operation.deprecated:
        until = f" until {operation.sunset}." if operation.sunset else ""
        texts.append(f"@deprecated{until}")
    return [*texts, f"Scope: `{operation.scope}`." if operation.scope else ""]


def _comment(texts: list[str], indent: str) -> list[str]:
    lines = [line.replace("*/", "*\\/") for line in paragraphs(texts, WIDTH - len(indent))]
    if len(lines) < 2:
        return [f"{indent}/** {line} */" for line in lines]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


# --- Operations ---


def _client(contract: facts.Contract) -> str:
    methods = [text for one in contract.operations for text in _methods(one)]
    return (
        f'// {HEADER}\n\nimport {{ Transport }} from "./transport.js";\n\n'
        "/** All operations in one object; `index.d.ts` describes them. */\n"
        "export class Client extends Transport {\n" + "\n\n".join(methods) + "\n}\n"
    )


def _methods(operation: facts.Operation) -> list[str]:
    places = [camel(one.name) for one in operation.places]
    found = [_method(operation, places)]
    if operation.item:
        walk = f"return this._pages({_path(operation)}, query, options);"
        found.append(_write(operation.walk_name, [*places, "query", "options"], walk))
    if operation.is_versioned_read:
        read = f"return this._readVersion({_path(operation)}, etag, options);"
        found.append(_write(f"{operation.name}_version", [*places, "etag", "options"], read))
    return found


def _method(operation: facts.Operation, places: list[str]) -> str:
    query = ["query"] if operation.query else []
    if operation.method == "GET":
        helper = "_download" if operation.downloads else "_read"
        call = f"return this.{helper}({_path(operation)}, {'query' if query else '{}'}, options);"
        return _write(operation.name, [*places, *query, "options"], call)
    wanted, parts = [], [*query, "options"]
    if operation.media and not operation.sends_json:
        wanted = ["data", *query, f"mediaType = {_quoted(operation.media[0])}"]
        parts = ["body: data", "mediaType", *parts]
    elif operation.sends_json:
        wanted = [*(["body"] if operation.body else []), *query]
        parts = ["body" if operation.body else "body: {}", *parts]
    call = (
        f"return this._change({_quoted(operation.method)}, {_path(operation)}, "
        f"{{ {', '.join(parts)} }});"
    )
    return _write(operation.name, [*places, *wanted, "options"], call)


def _write(name: str, parameters: list[str], line: str) -> str:
    return f"    {camel(name)}({', '.join(parameters)}) {{\n        {line}\n    }}"


def _path(operation: facts.Operation) -> str:
    path = operation.path
    for one in operation.places:
        path = path.replace(f"{{{one.name}}}", f"${{encodeURIComponent({camel(one.name)})}}")
    return f"`{path}`" if operation.places else f'"{path}"'
