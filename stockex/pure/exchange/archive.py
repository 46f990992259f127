"""Whether a workbook's zip may be unpacked: its sizes, and XML without a DOCTYPE."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, ZipInfo

from .errors import Refused

# A sheet of 100,000 rows and 20 columns unpacks to about 150 MB. The size that the
# zip's directory states is a true bound: zipfile never unpacks more than it.
MAX_UNPACKED_BYTES = 600 * 1024 * 1024
# Sheets are streamed; every other part (shared texts, styles) is held in memory.
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_PARTS = 10_000
CHUNK_BYTES = 1 << 16
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"

# What zipfile, zlib, expat and openpyxl raise over a damaged or hand-made workbook:
# openpyxl checks nothing, so a wrong reference or number surfaces as any of these.
DAMAGE = (
    BadZipFile,
    zlib.error,
    struct.error,
    ExpatError,
    SyntaxError,  # of which both XML libraries' parse errors are kinds
    ArithmeticError,
    AttributeError,
    AssertionError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,  # zipfile's word for a password
    TypeError,
    ValueError,
)


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turn whatever a damaged workbook raises into ``broken_file``."""
    try:
        yield
    except DAMAGE as error:
        raise Refused("broken_file") from error


def check_archive(file: BinaryIO) -> None:
    """Refuse a workbook that would fill the memory or that refers outside itself.

    :raise Refused: ``too_large``, ``broken_file``, ``strict_workbook``.
    """
    with damage_refused(), ZipFile(file) as archive:
        parts = archive.infolist()
        _check_sizes(parts)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_start(archive, part)


def _check_sizes(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES:
        raise Refused("too_large", size=unpacked, limit=MAX_UNPACKED_BYTES)
    if len(parts) > MAX_PARTS:
        raise Refused("too_large", size=len(parts), limit=MAX_PARTS)
    for part in parts:
        streamed = part.filename.startswith(("xl/worksheets/", "xl/media/"))
        if part.file_size > MAX_PART_BYTES and not streamed:
            raise Refused("too_large", size=part.file_size, limit=MAX_PART_BYTES)


def _check_start(archive: ZipFile, part: ZipInfo) -> None:
    """Read as far as the root element: a DOCTYPE can only stand before it.

    Without a DOCTYPE there are no entities, neither from outside nor billion-fold.
    """
    started: list[str] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: started.append(name)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as content:
        while not started and (chunk := content.read(CHUNK_BYTES)):
            if part.filename == "xl/workbook.xml" and STRICT in chunk:
                raise Refused("strict_workbook")
            parser.Parse(chunk, False)


def _refuse_doctype(*_declaration: object) -> None:
    raise Refused("broken_file")
