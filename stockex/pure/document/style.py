"""Measures and colours that all documents share; lengths are in points."""

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

PORTRAIT = A4
LANDSCAPE = landscape(A4)
MARGIN = 15 * mm

INK = HexColor("#1f2933")
SOFT = HexColor("#5b6770")  # 5.7:1 on white
LINE = HexColor("#c3cad1")
SHADE = HexColor("#eef1f4")
ZEBRA = HexColor("#f7f8fa")

TITLE = 17.0
HEADING = 11.0
TEXT = 8.5
SMALL = 7.5
LEADING = 1.3
PAD = 3.0


def leading(size: float) -> float:
    """Return the distance between two lines of a size."""
    return size * LEADING


def baseline(top: float, size: float, line: int = 0) -> float:
    """Return where a line stands, below the upper edge of its text."""
    return top - size * 0.95 - line * leading(size)
