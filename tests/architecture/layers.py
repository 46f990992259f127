"""Who may import whom: the arrows between addons and the folders inside one."""

import ast
import re
from collections.abc import Iterator

from .names import aliases, dotted, imports
from .tree import ADDONS, LOWER, Source, Tree

CALM = ("pure", "channels", "carriers", "notifiers")
NETWORK = (
    *("aiohttp", "ftplib", "http.client", "httpx", "imaplib", "openai", "paho", "requests"),
    *("smtplib", "socket", "ssl", "telnetlib", "urllib.request", "urllib3", "websocket"),
    *("xmlrpc", "zeep"),
)
OUTSIDE = ("odoo", "psycopg2", "sqlite3", "subprocess", "multiprocessing", "playwright")
HEAVY = ("cv2", "openai", "pandas", "pyhanko", "scipy", "sklearn", "torch")
# The one outgoing layer; a device on the local network speaks its own protocol.
NETWORK_HOMES = ("models/transport/", "models/device/")
AT_HAND = ("exceptions", "const")
# folder: what it may take from its own addon, besides itself and AT_HAND
TABLE = {
    "pure": (),
    "channels": ("pure",),
    "carriers": ("pure",),
    "notifiers": ("pure",),
    "models": ("pure", "channels", "carriers", "notifiers"),
    "wizards": ("pure", "models"),
    "reports": ("pure", "models"),
    "controllers": ("pure", "models"),
}
CLOCK = re.compile(
    r"^(datetime\.(datetime\.(now|utcnow|today)|date\.today)"
    r"|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|sleep|localtime|gmtime))$"
)
CHANCE = re.compile(r"^(random\.\w+|numpy\.random\.\w+|uuid\.uuid[14]|secrets\.\w+|os\.urandom)")
SEEDED = {"random.Random", "numpy.random.default_rng", "numpy.random.RandomState"}
TYPES = {"numpy.random.Generator", "numpy.random.BitGenerator", "numpy.random.SeedSequence"}
FILES = re.compile(
    r"^(builtins\.open|io\.open|os\.(open|environ|getenv|listdir|remove|mkdir|stat|path\.exists)"
    r"|shutil\.\w+|tempfile\.\w+|importlib\.resources\.\w+|pathlib\.Path\.(home|cwd))"
)
FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes"}


def _is(target: str, packages: tuple[str, ...]) -> bool:
    return any(target == one or target.startswith(one + ".") for one in packages)


def addon_imports(tree: Tree) -> list[str]:
    """Find Python imports against the arrows between the addons."""
    found = []
    for source in tree.sources:
        for node, target, _top in imports(source):
            match = re.match(r"(?:odoo\.addons\.)?(stockex\w*)", target)
            other = match.group(1) if match else ""
            if target.startswith("../"):
                found.append(source.at(node, "a relative import leaves the addon"))
            elif other in ADDONS and other not in LOWER[source.addon] | {source.addon}:
                found.append(source.at(node, f"{source.addon} must not know {other}"))
    return sorted(set(found))


def addon_depends(tree: Tree) -> list[str]:
    """Find manifests that depend upwards or sideways."""
    return [
        f"{addon}/__manifest__.py: depends on {other}"
        for addon in tree.addons
        for other in tree.manifest(addon).get("depends", [])
        if other in ADDONS and other not in LOWER[addon]
    ]


def addon_references(tree: Tree) -> list[str]:
    """Find XML ids and JavaScript modules of an addon that is not below."""
    found = []
    for addon in tree.addons:
        others = set(ADDONS) - LOWER[addon] - {addon}
        for path in tree.files(addon, "*.xml", "*.js", "*.csv"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                names = re.findall(r"(?<![\w./-])@?(stockex\w*)(?=[./]\w)", line)
                wrong = [name for name in names if name in others]
                found += [f"{tree.name(path)}:{number}: refers to {name}" for name in wrong]
    return found


def folder_table(tree: Tree) -> list[str]:
    """Find imports that the folder table does not allow."""
    return [
        source.at(node, problem)
        for source in tree.sources
        for node, target, _top in imports(source)
        if (problem := _table_problem(source, target))
    ]


def _table_problem(source: Source, target: str) -> str:
    if source.folder not in TABLE:
        return ""
    if target.startswith("./"):
        folder = target.removeprefix("./").split("/")[0]
        allowed = {source.folder, *AT_HAND, *TABLE[source.folder]}
        if source.folder == "pure":
            allowed = {"pure"}
        return "" if folder in allowed else f"{source.folder}/ must not import {folder}/"
    if source.folder in CALM and _is(target, OUTSIDE + NETWORK):
        return f"{source.folder}/ must not import {target}"
    if source.folder in CALM and not source.is_test and _is(target, ADDONS):
        return "import relatively: Odoo knows the addon by another name"
    return ""


def network_homes(tree: Tree) -> list[str]:
    """Find network clients outside the one outgoing layer."""
    return [
        source.at(node, f"{target} outside models/transport/")
        for source in tree.sources
        if not source.is_test and not source.inside.startswith(NETWORK_HOMES)
        for node, target, _top in imports(source)
        if _is(target, NETWORK)
    ]


def heavy_imports(tree: Tree) -> list[str]:
    """Find heavy libraries that every Odoo worker would load."""
    return [
        source.at(node, f"import {target.split('.')[0]} inside the function that needs it")
        for source in tree.sources
        if not source.is_test
        for node, target, top in imports(source)
        if top and _is(target, HEAVY)
    ]


def calm_code(tree: Tree) -> list[str]:
    """Find the clock, chance and files in pure code and in the adapters."""
    return [
        source.at(node, f"{source.folder}/ must not use {what}")
        for source in tree.sources
        if source.folder in CALM and not source.is_test
        for node, what in _restless(source.code)
    ]


def _restless(code: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    known = {"open": "builtins.open", **aliases(code)}
    seeded = _seeded(code, known)
    for node in ast.walk(code):
        if not isinstance(node, (ast.Attribute, ast.Name)) or id(node) in seeded:
            continue
        name = dotted(node, known)
        if isinstance(node, ast.Attribute) and node.attr in FILE_METHODS:
            yield node, node.attr
        elif name not in TYPES and (CLOCK.match(name) or CHANCE.match(name) or FILES.match(name)):
            yield node, name.removeprefix("builtins.")


def _seeded(code: ast.Module, known: dict[str, str]) -> set[int]:
    """List the names that may stand: a generator made from a given seed, or a mere type."""
    calls = {id(node.func): node for node in ast.walk(code) if isinstance(node, ast.Call)}
    fine: set[int] = set()
    for node in ast.walk(code):
        if not isinstance(node, (ast.Attribute, ast.Name)):
            continue
        call = calls.get(id(node))
        given = call is None or bool(call.args or call.keywords)
        name = dotted(node, known)
        if (name in SEEDED and given) or (name in {"time.gmtime", "time.localtime"} and given):
            fine.add(id(node))
    return fine
