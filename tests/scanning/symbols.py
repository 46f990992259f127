"""Symbols drawn for the tests, so that they need no pictures of others."""

from collections.abc import Iterable, Sequence

from PIL import Image
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.ecc200datamatrix import ECC200DataMatrix
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

MODULE = 4
QUIET = 10
HEIGHT = 40
FNC1 = "\xf1"
# Left digits by set A; set B is their mirror image in negative, right digits the negative.
EAN_DIGITS = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011"
EAN_FIRST = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA"


def ean13(digits: str) -> Image.Image:
    """Draw an EAN-13 with its check digit."""
    sets = EAN_FIRST.split()[int(digits[0])]
    left = "".join(_ean(digit, name) for digit, name in zip(digits[1:7], sets, strict=True))
    right = "".join(_ean(digit, "C") for digit in digits[7:])
    return _bars("101" + left + "01010" + right + "101")


def _ean(digit: str, name: str) -> str:
    plain = EAN_DIGITS.split()[int(digit)]
    negative = "".join("10"[int(bit)] for bit in plain)
    return {"A": plain, "B": negative[::-1], "C": negative}[name]


def code128(text: str) -> Image.Image:
    """Draw a Code 128; FNC1 in front makes it GS1-128."""
    code = Code128(text)
    code.validate()
    code.encode()
    code.decompose()
    # A letter is a bar if it is great, else a space; its place in the alphabet is its width.
    return _bars(
        "".join(str(int(one.isupper())) * (ord(one.lower()) - 96) for one in code.decomposed)
    )


def qr(text: str) -> Image.Image:
    """Draw a QR code."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = range(code.getModuleCount())
    return _dots([[code.isDark(row, column) for column in size] for row in size])


def datamatrix(text: str) -> Image.Image:
    """Draw a DataMatrix."""
    code = ECC200DataMatrix(text)
    code.validate()
    code.encode()
    # Its rows stand upside down, as a PDF has them.
    return _dots(code.encoded[::-1])


def _bars(modules: str) -> Image.Image:
    return _dots([[bit == "1" for bit in modules]] * HEIGHT)


def _dots(rows: Sequence[Iterable[object]]) -> Image.Image:
    table = [[0 if dark else 255 for dark in row] for row in rows]
    small = Image.new("L", (len(table[0]) + 2 * QUIET, len(table) + 2 * QUIET), 255)
    for y, row in enumerate(table):
        for x, shade in enumerate(row):
            small.putpixel((x + QUIET, y + QUIET), shade)
    return small.resize((small.width * MODULE, small.height * MODULE), Image.Resampling.NEAREST)
