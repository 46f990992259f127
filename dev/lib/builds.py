"""Make and refresh the prepared databases.

`stockex_base` holds Odoo's modules that the suite stands on; it is made once. The
others start as its copies, so that building them anew costs only our own addons.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import databases, odoo_run, places
from .connection import Connection
from .databases import BASE, BUILDING, DEMO, TEST
from .say import Failure, line, step, warn
from .stamps import files_fingerprint, fingerprint, only_one

LANGUAGE = "fr_FR"
# All that Odoo would install by itself, in mid-story, for a company of these countries.
DEMO_MODULES = ("l10n_fr", "l10n_fr_account", "l10n_ma")
# What Odoo reads only while it installs or updates; the rest it reads at each start.
LOADED = {".py", ".xml", ".csv", ".po", ".sql", ".yml"}
NOT_LOADED = {"pure", "tests", "static", "controllers", "channels", "carriers", "notifiers", "sdk"}


def addon_files(root: Path) -> list[Path]:
    """List the files of an addon that an update of the database must see."""
    found = []
    for path in root.rglob("*"):
        parts = path.relative_to(root).parts
        icon = parts[:2] == ("static", "description") and path.name == "icon.png"
        loaded = path.suffix in LOADED and parts[0] not in NOT_LOADED
        if icon or (loaded and "__pycache__" not in parts):
            found.append(path)
    return found


def addon_prints() -> dict[str, str]:
    """Return the fingerprint of each addon that exists."""
    return {
        name: files_fingerprint(places.ROOT, addon_files(places.ROOT / name))
        for name in places.present_addons()
    }


def manifest(addon: str) -> dict[str, Any]:
    """Read an addon's manifest."""
    path = places.ROOT / addon / "__manifest__.py"
    try:
        return dict(ast.literal_eval(path.read_text()))
    except (SyntaxError, ValueError) as error:
        raise Failure(f"{path} is not a manifest: {error}") from error


def foundations() -> list[str]:
    """List the modules of others that our addons depend on."""
    ours = places.present_addons()
    needed = {name for addon in ours for name in manifest(addon).get("depends", [])}
    return sorted(needed - set(places.ADDONS) | {"queue_job"})


def base_print() -> str:
    """Return the fingerprint of what the base is made from."""
    release = places.odoo_packages_dir() / "odoo" / "release.py"
    lock = places.LOCK_FILE.read_text().splitlines()
    oca = [row for row in lock if row.startswith("odoo-addon-")]
    return fingerprint(release.read_bytes(), *foundations(), *oca, "en_US", LANGUAGE)


def _building(
    connection: Connection, name: str, fill: Callable[[str], dict[str, Any]]
) -> dict[str, Any]:
    """Fill a database under a name of its own; put it in its place when done."""
    part = name + BUILDING
    try:
        notes = fill(part)
    except BaseException:
        databases.drop(connection, part)
        raise
    databases.rename(connection, part, name)
    databases.mark(connection, name, notes)
    return notes


def ensure_base(connection: Connection) -> None:
    """Have a current `stockex_base`."""
    wanted = base_print()
    if databases.read_mark(connection, BASE).get("base") == wanted:
        return

    def fill(part: str) -> dict[str, Any]:
        databases.create(connection, part)
        odoo_run.install(connection, part, new=foundations())
        answer = odoo_run.script(connection, part, "language", lang=LANGUAGE)
        return {"base": wanted, "languages": answer["languages"]}

    with step(f"Installing the {len(foundations())} Odoo modules the suite stands on (minutes)"):
        _building(connection, BASE, fill)


def ensure_test(connection: Connection) -> None:
    """Have a `stockex_test` built from the code as it is: five addons, no demo."""
    wanted = {"base": base_print(), "addons": addon_prints()}
    with only_one("databases"):
        found = databases.read_mark(connection, TEST)
        if {key: found.get(key) for key in wanted} == wanted:
            return
        ensure_base(connection)
        with step("Building the test database"):
            _building(connection, TEST, lambda part: _suite(connection, part, wanted))


def _suite(
    connection: Connection, part: str, notes: dict[str, Any], more: tuple[str, ...] = ()
) -> dict[str, Any]:
    databases.copy(connection, BASE, part)
    addons = [*more, *places.present_addons()]
    if addons:
        odoo_run.install(connection, part, new=addons)
    odoo_run.script(connection, part, "assets")
    return notes


def ensure_demo(connection: Connection) -> list[list[str]]:
    """Have a `stockex_demo` that fits the code, with its data kept; return its logins."""
    addons = addon_prints()
    with only_one("databases"):
        found = databases.read_mark(connection, DEMO)
        if not found:
            ensure_base(connection)
            notes = {"base": base_print(), "addons": addons}
            return _build_demo(connection, notes)
        if found.get("addons") != addons:
            _update_demo(connection, found, addons)
        return list(found.get("logins", []))


def _build_demo(connection: Connection, notes: dict[str, Any]) -> list[list[str]]:
    def fill(part: str) -> dict[str, Any]:
        with step("Installing the suite in the demo database"):
            _suite(connection, part, notes, DEMO_MODULES)
        logins = [["Administrator", "admin", "admin"]]
        if (places.ROOT / "dev" / "demo_load.py").is_file():
            with step("Telling the demo story (a few minutes)"):
                logins = odoo_run.script(connection, part, "demo")["logins"] or logins
        else:
            line("• no demo story in this checkout: the database stays empty")
        return {**notes, "logins": logins}

    return list(_building(connection, DEMO, fill)["logins"])


def _update_demo(connection: Connection, found: dict[str, Any], addons: dict[str, str]) -> None:
    before = found.get("addons", {})
    new = [name for name in addons if name not in before]
    changed = [name for name in addons if before.get(name, addons[name]) != addons[name]]
    with step(f"Updating the demo database: {', '.join([*new, *changed]) or 'nothing'}"):
        try:
            odoo_run.install(connection, DEMO, new=new, changed=changed)
        except Failure:
            warn("The demo's data are kept; to build it anew: make reset, then make demo")
            raise
    databases.mark(connection, DEMO, {**found, "addons": addons})
