"""Which column of a file is which."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .families import FAMILIES, OTHERS
from .headers import normalise

FAMILY_CODES = tuple(family.code for family in FAMILIES)
# Tried on misspelt headers: "Quantitée" and "Emplacemnt" reach 0.94, while "Sales
# price" and "Unit price", which must stay apart, reach 0.76.
CLOSE = 0.87
# Two families this near to one header are both possible.
CLEAR = 0.06

SPECIFIC = {normalise(name): family.code for family in FAMILIES for name in family.specific}
GENERAL = {normalise(name): family.code for family in FAMILIES for name in family.general}
NOT_OURS = frozenset(normalise(name) for name in OTHERS)


@dataclass(frozen=True)
class Ambiguity:
    """Columns that want one family, or a column that wants several; none was given."""

    families: tuple[str, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Mapping:
    """Which column holds which family.

    :ivar columns: by family, 0 is the first column; `propose` gives them from left to right.
    :ivar close: families that were matched by likeness only; worth a look.
    :ivar unmapped: columns with a header and without a family.
    """

    columns: MappingOf[str, int]
    close: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    unmapped: tuple[int, ...] = ()


def is_known(header: str) -> bool:
    """Whether a header is, word for word, one that the import understands."""
    name = normalise(header)
    return name in SPECIFIC or name in GENERAL


def propose(headers: Sequence[str]) -> Mapping:
    """Say which column holds which family, as far as that is certain.

    Names that can mean nothing else come first, then general ones, then likeness; a
    family settled by one step is closed to the next.
    """
    names = [normalise(header) for header in headers]
    proposal = _Proposal()
    for meaning in (SPECIFIC, GENERAL):
        proposal.settle({at: (meaning[one],) for at, one in enumerate(names) if one in meaning})
    known = SPECIFIC.keys() | GENERAL.keys() | NOT_OURS
    rest = {at: _alike(one) for at, one in enumerate(names) if one and one not in known}
    close = proposal.settle(rest)
    taken = set(proposal.columns.values())
    unmapped = tuple(at for at, header in enumerate(headers) if header and at not in taken)
    in_order = dict(sorted(proposal.columns.items(), key=lambda item: item[1]))
    return Mapping(in_order, close, tuple(proposal.ambiguous), unmapped)


class _Proposal:
    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self.ambiguous: list[Ambiguity] = []
        self._closed: set[str] = set()

    def settle(self, wishes: MappingOf[int, tuple[str, ...]]) -> tuple[str, ...]:
        """Give the families that one column alone wants.

        :param wishes: by column, the families that it may be.
        :return: the families that were given.
        """
        open_wishes = {
            at: tuple(family for family in families if family not in self._closed)
            for at, families in wishes.items()
        }
        columns_of: dict[str, list[int]] = {}
        for at, families in open_wishes.items():
            if len(families) > 1:
                self.ambiguous.append(Ambiguity(families, (at,)))
            for family in families:
                columns_of.setdefault(family, []).append(at)
        given = tuple(
            family
            for family, columns in columns_of.items()
            if len(columns) == 1 and len(open_wishes[columns[0]]) == 1
        )
        self.columns.update({family: columns_of[family][0] for family in given})
        self.ambiguous.extend(
            Ambiguity((family,), tuple(columns))
            for family, columns in columns_of.items()
            if len(columns) > 1
        )
        self._closed.update(columns_of)
        return given


def _alike(name: str) -> tuple[str, ...]:
    """Give the families whose names are nearly this one, the nearest first."""
    best: dict[str, float] = {}
    for known, family in (SPECIFIC | GENERAL).items():
        ratio = SequenceMatcher(None, name, known).ratio()
        if ratio >= CLOSE:
            best[family] = max(ratio, best.get(family, 0.0))
    if not best:
        return ()
    top = max(best.values())
    return tuple(sorted(family for family, ratio in best.items() if ratio > top - CLEAR))
