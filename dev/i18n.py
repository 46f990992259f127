"""`make i18n`: export the terms of each addon and merge them into its French.

`python -m dev.i18n --check` needs no database: it fails on an entry that is empty, fuzzy,
left behind, or whose placeholders or tags differ from the English.
"""

import argparse
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

from dev.lib import builds, databases, odoo_conf, places, setup
from dev.lib.connection import Connection
from dev.lib.say import Failure, line, step

LANGUAGE = "fr"
PLURAL = "nplurals=2; plural=(n > 1);"
# %(name)s, %s, %5.2f, {name}, ${name}; `100 %` and `5 % of` are no placeholders.
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0-9.]*[a-zA-Z]|%[-#0-9.]*[sdifgr]\b|\$?\{\w*\}")
TAG = re.compile(r"</?([a-zA-Z][\w-]*)")


def folder(addon: str) -> Path:
    """Return where an addon keeps its terms."""
    return places.ROOT / addon / "i18n"


# --- Check ---


def problems(po: polib.POFile, terms: set[str] | None = None) -> Iterator[str]:
    """Say what is wrong in a translation.

    :param terms: the English terms it must have; not compared if None.
    """
    for entry in po:
        found = "is left over from another version" if entry.obsolete else entry_problem(entry)
        if found:
            yield f"“{entry.msgid}” {found}"
    if terms is not None:
        there = {entry.msgid for entry in po if not entry.obsolete}
        yield from (f"“{term}” is missing" for term in sorted(terms - there))
        yield from (f"“{term}” is no term of the addon" for term in sorted(there - terms))


def entry_problem(entry: polib.POEntry) -> str:
    """Say what is wrong with one entry; empty if nothing is."""
    texts = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
    if not texts or not all(text.strip() for text in texts):
        return "has no translation"
    if "fuzzy" in entry.flags:
        return "is fuzzy"
    for text in texts:
        if difference := _difference(PLACEHOLDER, entry.msgid, text):
            return f"differs in its placeholders: {difference}"
        if difference := _difference(TAG, entry.msgid, text):
            return f"differs in its tags: {difference}"
        if _edges(entry.msgid) != _edges(text):
            return "differs in the spaces around it"
    return ""


def _difference(pattern: re.Pattern[str], source: str, text: str) -> str:
    wanted, found = Counter(pattern.findall(source)), Counter(pattern.findall(text))
    if wanted == found:
        return ""
    return ", ".join(sorted((wanted - found) | (found - wanted)))


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def check() -> list[str]:
    """Check the French of every addon against its own template."""
    found = []
    for addon in places.present_addons():
        pot, po = folder(addon) / f"{addon}.pot", folder(addon) / f"{LANGUAGE}.po"
        if not pot.is_file() or not po.is_file():
            absent = pot if not pot.is_file() else po
            found.append(f"{absent.relative_to(places.ROOT)} is missing: make i18n")
            continue
        terms = {entry.msgid for entry in polib.pofile(str(pot))}
        name = po.relative_to(places.ROOT)
        found += [f"{name}: {text}" for text in problems(polib.pofile(str(po)), terms)]
    return found


# --- Export and merge ---


def export(connection: Connection, addons: list[str], into: Path) -> None:
    """Let Odoo write the template of each addon below a folder."""
    conf = odoo_conf.write(connection, databases.TEST)
    archive = into / "terms.tgz"
    command = [
        *(places.PYTHON, places.odoo_script(), "i18n", "export", "-c", conf),
        *("-d", databases.TEST, "-l", "pot", "-o", archive, *addons),
    ]
    answer = subprocess.run(
        [str(part) for part in command],
        env=connection.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode or not archive.is_file():
        raise Failure(f"Odoo could not export the terms.\n{answer.stderr[-1500:]}")
    if archive.stat().st_size:
        with tarfile.open(archive) as packed:
            packed.extractall(into, filter="data")


def read_template(addon: str, exported: Path) -> polib.POFile:
    """Read what Odoo exported, without the dates that differ at each run."""
    found = next(exported.rglob(f"{addon}.pot"), None)
    template = polib.POFile(wrapwidth=78)
    template.header = f"Translation of {addon}."
    template.metadata = _metadata("")
    entries = polib.pofile(str(found)) if found else []
    template.extend(sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")))
    return template


def _metadata(language: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "Stockex 19.0",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **({"Language": language, "Plural-Forms": PLURAL} if language else {}),
    }


def merge(template: polib.POFile, old: polib.POFile | None, memory: dict[str, str]) -> polib.POFile:
    """Give the terms of a template what is already translated.

    A changed term comes back empty, never fuzzy; one that is gone is dropped.

    :param memory: translations of equal terms elsewhere in the suite.
    """
    known = {entry.msgid: entry for entry in old or () if not entry.obsolete}
    merged = polib.POFile(wrapwidth=78)
    merged.header, merged.metadata = template.header, _metadata(LANGUAGE)
    for term in template:
        before = known.get(term.msgid)
        entry = polib.POEntry(
            msgid=term.msgid,
            msgid_plural=term.msgid_plural,
            msgctxt=term.msgctxt,
            msgstr=before.msgstr if before else memory.get(term.msgid, ""),
            msgstr_plural=before.msgstr_plural if before else {},
            comment=term.comment,
            tcomment=before.tcomment if before else "",
            occurrences=term.occurrences,
            flags=[flag for flag in term.flags if flag != "fuzzy"],
        )
        if before and "fuzzy" in before.flags:
            entry.flags.append("fuzzy")
        merged.append(entry)
    return merged


def update(connection: Connection) -> list[str]:
    """Export and merge every addon; return what is left to translate."""
    addons = places.present_addons()
    builds.ensure_test(connection)
    with tempfile.TemporaryDirectory() as folder_name, step("Exporting the terms"):
        exported = Path(folder_name)
        export(connection, addons, exported)
        templates = {addon: read_template(addon, exported) for addon in addons}
    memory = {
        entry.msgid: entry.msgstr
        for addon in addons
        for entry in _read(folder(addon) / f"{LANGUAGE}.po")
        if entry.msgstr and "fuzzy" not in entry.flags and not entry.obsolete
    }
    for addon, template in templates.items():
        target = folder(addon)
        target.mkdir(exist_ok=True)
        merged = merge(template, _read(target / f"{LANGUAGE}.po"), memory)
        template.save(str(target / f"{addon}.pot"))
        merged.save(str(target / f"{LANGUAGE}.po"))
        line(f"  {addon}: {len(template)} terms")
    return check()


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.is_file() else polib.POFile()


def main(arguments: list[str]) -> int:
    """Merge, or only check; return 1 while something is left to translate."""
    parser = argparse.ArgumentParser(prog="make i18n", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, use no database")
    given = parser.parse_args(arguments)
    try:
        found = check() if given.check else update(setup.server())
    except Failure as failure:
        line(str(failure))
        return 1
    for text in found:
        line(f"✗ {text}")
    count = len(places.present_addons())
    line(f"{len(found)} to do" if found else f"• the French of {count} addons is complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
