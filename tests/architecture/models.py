"""How a model is written."""

import ast
import csv
import re
from collections.abc import Iterator

from .tree import Source, Tree

MAX_FUNCTION_LINES = 40
ORM = {
    *("create", "write", "unlink", "copy", "copy_data", "read", "search", "default_get", "init"),
    *("name_search", "name_create", "web_read", "web_save", "web_search_read", "get_views"),
    *("get_view", "fields_get", "export_data", "load", "browse", "exists", "onchange", "toggle"),
    *("search_fetch", "search_read", "read_group", "formatted_read_group", "web_read_group"),
    *("get_values", "set_values", "execute", "message_post", "message_subscribe"),
}
RPC_NOTE = re.compile(r"#\s*rpc:\s*\S")
OVERRIDE_NOTE = re.compile(r"#\s*overrides\b")
CHAIN = {
    *("sudo", "search", "search_fetch", "browse", "create", "filtered", "sorted", "exists"),
    *("with_context", "with_company", "with_user", "with_env", "filtered_domain"),
}
BANNED_ADDONS = {"auditlog", "auth_api_key", "base_tier_validation", "webservice"}


def model_classes(source: Source) -> Iterator[ast.ClassDef]:
    """Yield the classes that are Odoo models."""
    for node in ast.walk(source.code):
        if isinstance(node, ast.ClassDef) and any(
            re.fullmatch(r"(models\.)?(Model|TransientModel|AbstractModel)", ast.unparse(base))
            for base in node.bases
        ):
            yield node


def attribute(node: ast.ClassDef, name: str) -> object:
    """Return a class attribute's plain value; None if it has none."""
    for line in node.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == name:
            try:
                return ast.literal_eval(line.value)
            except ValueError:
                return None
    return None


def _inherited(node: ast.ClassDef) -> list[str]:
    value = attribute(node, "_inherit")
    return [value] if isinstance(value, str) else list(value or [])  # type: ignore[call-overload]


def models_without_access(tree: Tree) -> list[str]:
    """Find stored models that no access line names."""
    found = []
    for source in tree.sources:
        if source.is_test:
            continue
        for node in model_classes(source):
            name = attribute(node, "_name")
            abstract = any("AbstractModel" in ast.unparse(base) for base in node.bases)
            if not isinstance(name, str) or abstract or name in _inherited(node):
                continue
            if f"model_{name.replace('.', '_')}" not in _access(tree, source.addon):
                found.append(source.at(node, f"{name} has no line in ir.model.access.csv"))
    return found


def _access(tree: Tree, addon: str) -> set[str]:
    """List the models that the addon's access lines name."""
    found = set()
    for path in tree.files(f"{addon}/security", "*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found.add((row.get("model_id:id") or row.get("model_id/id") or "").split(".")[-1])
    return found


def optional_models(tree: Tree) -> list[str]:
    """Find `"model" in self.env`: an upper addon adds by inheritance instead."""
    return [
        source.at(node, "ask no model whether it exists; let the upper addon inherit")
        for source in tree.sources
        for node in ast.walk(source.code)
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Constant)
        and isinstance(node.left.value, str)
        and isinstance(node.ops[0], (ast.In, ast.NotIn))
        and re.search(r"(^|\.)env(\.registry)?$", ast.unparse(node.comparators[0]))
    ]


def public_methods(tree: Tree) -> list[str]:
    """Find methods that any logged-in user may call, although nobody said they should be."""
    return [
        source.at(method, f"{method.name}() is open to RPC: underscore, or say `# rpc: why`")
        for source in tree.sources
        if not source.is_test
        for node in model_classes(source)
        for method in node.body
        if isinstance(method, ast.FunctionDef)
        and not method.name.startswith(("_", "action_"))
        and method.name not in ORM
        and f"super().{method.name}(" not in ast.unparse(method)
        and not any(
            re.fullmatch(r"api\.private|property|staticmethod", ast.unparse(one))
            for one in method.decorator_list
        )
        and not _noted(source, method, RPC_NOTE)
    ]


def _noted(source: Source, node: ast.stmt, note: re.Pattern[str]) -> bool:
    """Look for a note on a statement's first line or in the comment above it."""
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    above = first - 1
    while above and source.lines[above - 1].lstrip().startswith("#"):
        above -= 1
    return any(note.search(line) for line in source.lines[above : node.lineno])


def old_constraints(tree: Tree) -> list[str]:
    """Find `_sql_constraints`: Odoo 19 ignores them with a mere warning."""
    return [
        source.at(node, "_sql_constraints is ignored; write models.Constraint")
        for source in tree.sources
        for node in ast.walk(source.code)
        if isinstance(node, ast.Name) and node.id == "_sql_constraints"
    ]


def sudo_names(tree: Tree) -> list[str]:
    """Find results of sudo() whose name does not say so."""
    return [
        source.at(node, f"name it {ast.unparse(node.targets[0])}_sudo")
        for source in tree.sources
        if not source.is_test
        for node in ast.walk(source.code)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and not node.targets[0].id.endswith("_sudo")
        and _is_sudo(node.value)
    ]


def _is_sudo(node: ast.AST) -> bool:
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in CHAIN:
            return False
        if node.func.attr == "sudo":
            return not _is_dropping(node)
        node = node.func.value
    return False


def sudo_reasons(tree: Tree) -> list[str]:
    """Find sudo() without a comment that says why it is safe."""
    return [
        source.at(statement, "sudo() without a comment on why it is safe")
        for source in tree.sources
        if not source.is_test and source.folder != "migrations"
        for statement in ast.walk(source.code)
        if isinstance(statement, ast.stmt)
        if (last := _last_sudo_line(statement)) and not _commented(source, statement, last)
    ]


def _last_sudo_line(statement: ast.stmt) -> int:
    """Return the last line of a statement's own expressions, if one of them calls sudo()."""
    own = [
        one for one in ast.iter_child_nodes(statement) if isinstance(one, (ast.expr, ast.withitem))
    ]
    for node in (node for one in own for node in ast.walk(one)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "sudo" and not _is_dropping(node):
                return max(getattr(one, "end_lineno", 0) or statement.lineno for one in own)
    return 0


def _is_dropping(call: ast.Call) -> bool:
    given = [*call.args, *(one.value for one in call.keywords)]
    return bool(given) and ast.unparse(given[0]) == "False"


def _commented(source: Source, statement: ast.stmt, last: int) -> bool:
    above = source.lines[statement.lineno - 2] if statement.lineno > 1 else ""
    inside = source.lines[statement.lineno - 1 : last]
    return above.lstrip().startswith("#") or any("# " in line for line in inside)


def foreign_fields(tree: Tree) -> list[str]:
    """Find fields that we add to Odoo's models without our prefix."""
    found = []
    for source in tree.sources:
        if source.is_test:
            continue
        for node in model_classes(source):
            inherited = _inherited(node)
            if attribute(node, "_name") or not inherited or inherited[0].startswith("stockex."):
                continue
            found += [
                source.at(line, f"{name} on {inherited[0]} must start with stockex_")
                for line, name in _fields(node)
                if not name.startswith("stockex_") and not _noted(source, line, OVERRIDE_NOTE)
            ]
    return found


def _fields(node: ast.ClassDef) -> Iterator[tuple[ast.Assign, str]]:
    for line in node.body:
        if (
            isinstance(line, ast.Assign)
            and isinstance(line.targets[0], ast.Name)
            and isinstance(line.value, ast.Call)
            and ast.unparse(line.value.func).startswith("fields.")
            and not any(one.arg == "selection_add" for one in line.value.keywords)
        ):
            yield line, line.targets[0].id


def banned_depends(tree: Tree) -> list[str]:
    """Find dependencies whose licence or storage of secrets the suite does not accept."""
    return [
        f"{addon}/__manifest__.py: {name} is not used"
        for addon in tree.addons
        for name in tree.manifest(addon).get("depends", [])
        if name in BANNED_ADDONS
    ]


def long_functions(tree: Tree) -> list[str]:
    """Find functions past the limit; their docstring does not count."""
    found = []
    for top in (*tree.addons, "dev", "tests"):
        for path in tree.written_by_hand(top, "*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    if (count := _length(node)) > MAX_FUNCTION_LINES:
                        where = f"{tree.name(path)}:{node.lineno}"
                        found.append(f"{where}: {node.name}() has {count} lines")
    return found


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    count = (node.end_lineno or node.lineno) - node.lineno + 1
    if ast.get_docstring(node):
        first = node.body[0]
        count -= (first.end_lineno or first.lineno) - first.lineno + 1
    return count
