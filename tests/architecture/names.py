"""What a name in a Python file stands for."""

import ast
from collections.abc import Iterator

from .tree import Source


def imports(source: Source) -> Iterator[tuple[ast.AST, str, bool]]:
    """Yield every import as (node, dotted target, at module level).

    A relative import becomes "./" and its path below the addon, or "../" when it leaves it.
    """
    top = set(map(id, _module_level(source.code)))
    for node in ast.walk(source.code):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, id(node) in top
        elif isinstance(node, ast.ImportFrom):
            base = _base(source, node)
            for alias in node.names:
                joint = "" if base.endswith("/") else "." if not node.level else "/"
                yield node, f"{base}{joint}{alias.name}", id(node) in top


def _base(source: Source, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - 1
    if up > len(source.package):
        return "../" + (node.module or "").replace(".", "/")
    kept = source.package[: len(source.package) - up]
    return "./" + "/".join([*kept, *(node.module or "").split(".")]).strip("/")


def _module_level(code: ast.Module) -> Iterator[ast.AST]:
    """Yield what runs on import; `if TYPE_CHECKING:` does not."""
    for node in code.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, (ast.If, ast.Try)):
            yield from ast.walk(node)
        else:
            yield node


def aliases(code: ast.Module) -> dict[str, str]:
    """Map each imported name to what it stands for: `np` to `numpy`, `now` to `datetime.now`."""
    found: dict[str, str] = {}
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                found[name] = alias.name if alias.asname else name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def dotted(node: ast.AST, known: dict[str, str]) -> str:
    """Write `np.random.rand` as `numpy.random.rand`; empty if its root was not imported."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in known:
        return ""
    return ".".join([known[node.id], *reversed(parts)])
