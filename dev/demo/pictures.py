"""Small illustrations of the products, drawn with Pillow: one shape, six colours."""

from __future__ import annotations

import base64
import io
from functools import cache

from PIL import Image, ImageDraw

SIZE = 256
_DRAWN = 600
# Main colour, darker shade for details, pale ground.
PALETTES = (
    ("#2f6f8f", "#1c4a63", "#e4eff4"),
    ("#c2703d", "#8a4a22", "#f8ece2"),
    ("#6a8f5a", "#44613a", "#ebf2e7"),
    ("#a4506b", "#6f3046", "#f6e6ec"),
    ("#7566a8", "#4a3f75", "#ece9f5"),
    ("#c9a13b", "#8d6d1d", "#f9f2de"),
)


def _polygon(*points: int):
    pairs = list(zip(points[::2], points[1::2], strict=True))
    return lambda draw, fill: draw.polygon(pairs, fill=fill)


def _round(left: int, top: int, right: int, bottom: int, radius: int):
    return lambda draw, fill: draw.rounded_rectangle((left, top, right, bottom), radius, fill=fill)


def _oval(left: int, top: int, right: int, bottom: int):
    return lambda draw, fill: draw.ellipse((left, top, right, bottom), fill=fill)


# Every shape is a list of strokes in a square of 100: "m" main colour, "d" dark, "g" ground.
SHAPES = {
    "dress": (("m", _polygon(38, 18, 62, 18, 60, 44, 78, 84, 22, 84, 40, 44)),
              ("d", _round(38, 43, 62, 48, 2)), ("g", _oval(43, 12, 57, 24))),
    "shirt": (("m", _polygon(34, 22, 66, 22, 86, 38, 77, 50, 68, 43, 68, 82, 32, 82, 32, 43, 23,
                             50, 14, 38)),
              ("g", _oval(42, 15, 58, 29)), ("d", _round(49, 34, 51, 78, 1))),
    "coat": (("m", _polygon(34, 16, 66, 16, 84, 66, 74, 70, 69, 48, 71, 88, 29, 88, 31, 48, 26, 70,
                            16, 66)),
             ("d", _polygon(42, 16, 58, 16, 50, 44)), ("d", _oval(52, 52, 56, 56)),
             ("d", _oval(52, 66, 56, 70))),
    "trousers": (("m", _polygon(32, 14, 68, 14, 74, 88, 56, 88, 50, 40, 44, 88, 26, 88)),
                 ("d", _round(32, 14, 68, 21, 1))),
    "shoe": (("m", _polygon(18, 34, 44, 34, 52, 52, 80, 60, 84, 72, 18, 72)),
             ("d", _round(16, 71, 86, 79, 3)), ("g", _round(40, 44, 52, 47, 1)),
             ("g", _round(44, 51, 56, 54, 1))),
    "bag": (("d", _oval(34, 14, 66, 58)), ("g", _oval(40, 20, 60, 52)),
            ("m", _round(20, 38, 80, 84, 8)), ("d", _round(20, 38, 80, 52, 6)),
            ("g", _round(46, 48, 54, 58, 2))),
    "scarf": (("m", _round(20, 18, 80, 38, 9)), ("m", _polygon(54, 30, 76, 30, 72, 86, 54, 86)),
              ("d", _round(54, 70, 74, 74, 0)), ("d", _round(54, 79, 73, 82, 0)),
              ("d", _polygon(30, 32, 48, 32, 44, 62, 28, 62))),
    "machine": (("m", _round(28, 14, 72, 30, 6)), ("m", _round(28, 14, 46, 86, 6)),
                ("d", _round(28, 78, 76, 88, 4)), ("d", _polygon(52, 44, 76, 44, 72, 74, 56, 74)),
                ("g", _oval(33, 44, 41, 52))),
    "box": (("m", _round(14, 30, 86, 78, 8)), ("g", _round(22, 38, 62, 70, 4)),
            ("d", _oval(69, 40, 79, 50)), ("d", _round(69, 56, 79, 60, 2)),
            ("d", _round(69, 64, 79, 68, 2))),
    "fan": (("d", _round(46, 58, 54, 84, 2)), ("d", _round(30, 82, 70, 88, 3)),
            ("m", _oval(22, 12, 78, 68)), ("g", _oval(28, 18, 72, 62)),
            ("m", _polygon(50, 40, 42, 20, 58, 20)), ("m", _polygon(50, 40, 30, 52, 38, 60)),
            ("m", _polygon(50, 40, 70, 52, 62, 60)), ("d", _oval(45, 35, 55, 45))),
    "screen": (("d", _round(16, 18, 84, 70, 5)), ("m", _round(20, 22, 80, 65, 2)),
               ("g", _polygon(20, 22, 48, 22, 20, 58)), ("d", _round(8, 72, 92, 79, 3))),
    "ring": (("m", _oval(16, 16, 84, 84)), ("g", _oval(34, 34, 66, 66)),
             ("d", _round(48, 16, 52, 34, 1)), ("d", _round(48, 66, 52, 84, 1)),
             ("d", _round(16, 48, 34, 52, 1)), ("d", _round(66, 48, 84, 52, 1))),
    "bottle": (("d", _round(43, 10, 57, 22, 2)), ("m", _round(45, 20, 55, 36, 2)),
               ("m", _round(32, 32, 68, 90, 9)), ("g", _round(36, 50, 64, 76, 3)),
               ("d", _round(41, 57, 59, 60, 1)), ("d", _round(41, 65, 54, 68, 1))),
    "bowl": (("m", _polygon(12, 44, 88, 44, 70, 78, 30, 78)), ("d", _round(10, 40, 90, 48, 3)),
             ("d", _round(38, 78, 62, 84, 2)), ("d", _oval(30, 26, 44, 40)),
             ("m", _oval(44, 22, 58, 38)), ("d", _oval(58, 28, 70, 40))),
    "book": (("d", _polygon(14, 24, 48, 30, 48, 84, 14, 78)),
             ("m", _polygon(52, 30, 86, 24, 86, 78, 52, 84)),
             ("g", _polygon(58, 42, 80, 38, 80, 41, 58, 45)),
             ("g", _polygon(58, 52, 80, 48, 80, 51, 58, 55))),
}  # fmt: skip


@cache
def picture(shape: str, colour: int) -> bytes:
    """Return the base64 PNG of a shape in one of the palettes, 256 pixels wide."""
    main, dark, ground = PALETTES[colour % len(PALETTES)]
    fills = {"m": main, "d": dark, "g": ground}
    image = Image.new("RGB", (_DRAWN, _DRAWN), ground)
    for name, stroke in SHAPES[shape]:
        stroke(_Scaled(ImageDraw.Draw(image), _DRAWN / 100), fills[name])
    image = image.resize((SIZE, SIZE), Image.Resampling.LANCZOS).quantize(48)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return base64.b64encode(buffer.getvalue())


class _Scaled:
    """A pen that draws in a square of 100 whatever the picture measures."""

    def __init__(self, draw: ImageDraw.ImageDraw, factor: float):
        self._draw, self._factor = draw, factor

    def polygon(self, points, fill):
        self._draw.polygon([(x * self._factor, y * self._factor) for x, y in points], fill=fill)

    def ellipse(self, box, fill):
        self._draw.ellipse([side * self._factor for side in box], fill=fill)

    def rounded_rectangle(self, box, radius, fill):
        self._draw.rounded_rectangle(
            [side * self._factor for side in box], radius * self._factor, fill=fill
        )
