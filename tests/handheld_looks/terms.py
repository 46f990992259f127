"""What the handheld's screens say, and whether a French screen says it in French."""

import json
import re
import xml.etree.ElementTree as ElementTree
from functools import cache

from . import desk, goods, looked_up
from .site import ADDON, french
from .states.queue import CONFLICT, REJECTED

READ = ("aria-label", "title", "placeholder", "alt")
CALL = re.compile(r"""\b_t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
VALUE = re.compile(r"%\\?\(\w+\\?\)s")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names, the same in any language.
NAMES = {"Stockex Scan", "English", "Français"}


@cache
def sources() -> set[str]:
    """Return the English texts of the application, as they are exported for translation."""
    found: set[str] = set()
    for folder in ("app", "later"):
        root = ADDON / "static" / "src" / folder
        for path in root.rglob("*.js"):
            calls = CALL.findall(path.read_text(encoding="utf-8"))
            found.update(json.loads(f'"{one[1:-1]}"') for one in calls)
        for path in root.rglob("*.xml"):
            for node in ElementTree.parse(path).iter():
                texts = [node.text, node.tail, *(node.get(name) for name in READ)]
                found.update(" ".join(text.split()) for text in texts if text and text.strip())
    return {text for text in found if re.search("[a-z]{2}", text, re.IGNORECASE)}


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return how each source looks on a screen, with values in it."""
    return [
        (re.compile(VALUE.sub(".+", re.escape(source)), re.DOTALL), source) for source in sources()
    ]


@cache
def _words() -> set[str]:
    """Return the words of names and messages, the same in any language."""
    data = [goods.SLICES, looked_up.FIGURES, looked_up.LOT, looked_up.IDENTITY]
    texts = json.dumps([data, REJECTED, CONFLICT], ensure_ascii=False) + desk.WORDS
    return set(WORD.findall(texts))


def _is_data(text: str) -> bool:
    return text not in sources() and set(WORD.findall(text)) <= _words()


def english(texts: set[str], of_english: set[str]) -> tuple[set[str], set[str]]:
    """Find what a French screen says in English.

    :param texts: what the French screen says.
    :param of_english: what the same screen says in English.
    :return: texts that ought to be French; sources that the French file does not have yet.
    """
    wrong, missing = set(), set()
    known = french()
    for text in (texts & of_english) - NAMES:
        plain = " ".join(text.split())
        fitting = [source for pattern, source in _patterns() if pattern.fullmatch(plain)]
        absent = [source for source in fitting if source not in known]
        if any(known.get(source) == source for source in fitting) or _is_data(plain):
            continue
        if absent:
            missing.update(absent)
        else:
            wrong.add(plain)
    return wrong, missing
