"""What a file is, by its content: the extension is only what somebody called it."""

import re
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from .errors import Refused

MAX_BYTES = 50 * 1024 * 1024
SAMPLE_BYTES = 4096

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any workbook with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# BIFF2 to BIFF4: workbooks of Excel 2 to 4, without any container.
BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\x00",
    b"MM\x00*",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"{\\rtf",
    b"%!PS",
    b"SQLite format 3",
)
# Web pages and XML saved under the name of an .xls are common exports.
MARKUP = re.compile(rb"\s*<(\?xml|!doctype|html|head|body|meta|style|table)\b", re.IGNORECASE)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def recognise(file: BinaryIO) -> str:
    """Tell a workbook from a text, and refuse what is neither.

    :param file: seekable; its position afterwards is undefined.
    :return: "xlsx" or "csv".
    :raise Refused: ``too_large``, ``empty_file``, ``old_excel``, ``encrypted_file``,
        ``binary_workbook``, ``open_document``, ``not_a_table``, ``broken_file``.
    """
    _check_size(file)
    start = _start(file)
    if start.startswith(OLE):
        raise Refused("encrypted_file" if ENCRYPTED in _whole(file) else "old_excel")
    if start.startswith(BARE_BIFF):
        raise Refused("old_excel")
    if start.startswith(ZIP):
        return _recognise_zip(file)
    if start.startswith(OTHERS) or MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        raise Refused("not_a_table")
    return "csv"


def _check_size(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    if size > MAX_BYTES:
        raise Refused("too_large", size=size, limit=MAX_BYTES)
    if not size:
        raise Refused("empty_file")


def _start(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(SAMPLE_BYTES)


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _recognise_zip(file: BinaryIO) -> str:
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < SAMPLE_BYTES:
                if archive.read("mimetype").startswith(OPEN_DOCUMENT):
                    raise Refused("open_document")
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
        raise Refused("broken_file") from error
    if "xl/workbook.bin" in names:
        raise Refused("binary_workbook")
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Refused("not_a_table")
