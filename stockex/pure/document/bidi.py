"""Arabic letters in their joined forms, and lines in the order the eye sees them.

A PDF places glyphs from left to right and knows nothing of writing: what is stored as
letters must be given to it as shapes, in visual order.
"""

import re
import unicodedata
from functools import cache

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
TATWEEL = "\u0640"
LAM = "\u0644"
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return {letter or lam-alef: {"isolated", "final", "initial", "medial": shape}}.

    Source: the compatibility decompositions of Unicode's blocks Arabic Presentation
    Forms A and B.
    """
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1 or (len(letters) == 2 and letters[0] == "0644"):
            key = "".join(chr(int(letter, 16)) for letter in letters)
            forms.setdefault(key, {})[form.strip("<>")] = chr(code)
    return forms


def _units(text: str) -> list[str]:
    """Split a text into characters, lam-alef being one."""
    units: list[str] = []
    for character in text:
        if units and units[-1] == LAM and LAM + character in _forms():
            units[-1] += character
        else:
            units.append(character)
    return units


def shape(text: str) -> str:
    """Replace Arabic letters by the forms that they take beside their neighbours."""
    if not RIGHT_TO_LEFT.search(text):
        return text
    units = _units(text)
    letters = [index for index, unit in enumerate(units) if not _is_mark(unit)]
    shaped = list(units)
    for place, index in enumerate(letters):
        before = units[letters[place - 1]] if place else ""
        after = units[letters[place + 1]] if place + 1 < len(letters) else ""
        joined = _joins_next(before) and _joins_before(units[index])
        joins = _joins_next(units[index]) and _joins_before(after)
        form = ("isolated", "initial", "final", "medial")[joins + 2 * joined]
        shaped[index] = _forms().get(units[index], {}).get(form, units[index])
    return "".join(shaped)


def _is_mark(unit: str) -> bool:
    return unicodedata.category(unit[0]) == "Mn"


def _joins_next(unit: str) -> bool:
    return unit == TATWEEL or "initial" in _forms().get(unit, {})


def _joins_before(unit: str) -> bool:
    return unit == TATWEEL or "final" in _forms().get(unit, {})


def is_right_to_left(text: str) -> bool:
    """Say whether a text's first letter belongs to a script read from right to left."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def visual(line: str) -> str:
    """Put the characters of one line in visual order.

    Source: Unicode Bidirectional Algorithm (UAX 9), without explicit embeddings and
    isolates: text in tables and headings has none.
    """
    if not RIGHT_TO_LEFT.search(line):
        return line
    base = "R" if is_right_to_left(line) else "L"
    kinds = _kinds(line, base)
    _resolve_brackets(line, kinds, base)
    kinds = _resolve_neutrals(kinds, base)
    levels = [{"R": 1, "N": 2, "L": 0 if base == "L" else 2}[kind] for kind in kinds]
    characters = [
        MIRRORED.get(character, character) if level == 1 else character
        for character, level in zip(line, levels, strict=True)
    ]
    for level in (2, 1):
        _reverse_runs(characters, levels, level)
    return "".join(characters)


def _kinds(line: str, base: str) -> list[str]:
    """Class each character: L, R, N (a number among R) or "" (neutral)."""
    kinds: list[str] = []
    strong = base
    for index, character in enumerate(line):
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
            kinds.append(strong)
        elif kind == "NSM":
            kinds.append(kinds[-1] if kinds else base)
        elif kind in ("EN", "AN") or (
            kind in ("CS", "ES", "ET") and _touches_number(line, index, kind)
        ):
            kinds.append("N" if strong == "R" else "L")
        else:
            kinds.append("")
    return kinds


def _touches_number(line: str, index: int, kind: str) -> bool:
    """Say whether a sign belongs to the number beside it: 1.5, 10 %, −3."""
    before = index > 0 and line[index - 1].isdigit()
    after = index + 1 < len(line) and line[index + 1].isdigit()
    return before and after if kind == "CS" else before or after


def _resolve_brackets(line: str, kinds: list[str], base: str) -> None:
    """Give a pair of brackets one direction (rule N0 of UAX 9)."""
    opened: list[int] = []
    for end, character in enumerate(line):
        if character in "([{":
            opened.append(end)
        elif character in ")]}" and opened and MIRRORED[character] == line[opened[-1]]:
            start = opened.pop()
            inside = {_side(kind) for kind in kinds[start + 1 : end] if kind}
            if not inside:
                continue
            before = next((_side(kind) for kind in kinds[start - 1 :: -1] if kind), base)
            direction = base if base in inside or before == base else before
            kinds[start] = kinds[end] = direction if start else base


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _resolve_neutrals(kinds: list[str], base: str) -> list[str]:
    """Give neutrals the direction of both their neighbours, else the line's."""
    resolved = list(kinds)
    start = 0
    while start < len(kinds):
        if kinds[start]:
            start += 1
            continue
        end = start
        while end < len(kinds) and not kinds[end]:
            end += 1
        before = kinds[start - 1] if start else base
        after = kinds[end] if end < len(kinds) else base
        sides = {_side(before), _side(after)}
        resolved[start:end] = [sides.pop() if len(sides) == 1 else base] * (end - start)
        start = end
    return resolved


def _reverse_runs(characters: list[str], levels: list[int], level: int) -> None:
    start = 0
    while start < len(levels):
        end = start
        while end < len(levels) and levels[end] >= level:
            end += 1
        characters[start:end] = characters[start:end][::-1]
        start = max(end, start + 1)
