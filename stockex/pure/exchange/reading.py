"""Open a count's file, whatever program wrote it.

>>> table = open_table(data, "count.csv")
>>> for row in table.rows():
...     row.number, row.cells, row.faults
"""

from io import BytesIO
from typing import BinaryIO

from .columns import is_known
from .csv_file import open_csv
from .errors import Refused
from .kind import MAX_BYTES, recognise
from .table import Table, build_table
from .xlsx_file import open_xlsx


def open_table(
    data: bytes | BinaryIO,
    filename: str,
    *,
    sheet: str = "",
    separator: str = "",
    encoding: str = "",
) -> Table:
    """Open a file as a table; its rows are read when they are asked for.

    :param data: the file, or a seekable binary file that stays open while the table is
        in use and is left open.
    :param filename: only named in errors: the content tells what a file is.
    :param sheet: of a workbook; "" takes the first visible one that holds something.
    :param separator: of a CSV file, one character; "" finds out.
    :param encoding: of a CSV file, one of `encoding.ENCODINGS`; "" finds out.
    :raise Refused: with `values["filename"]` and one of the codes ``too_large``,
        ``empty_file``, ``no_rows``, ``old_excel``, ``encrypted_file``,
        ``binary_workbook``, ``strict_workbook``, ``open_document``, ``not_a_table``,
        ``broken_file``, ``nul_bytes``, ``bad_encoding``, ``bad_separator``,
        ``unclosed_quote``, ``cell_too_long``, ``no_sheet``, ``hidden_sheet``.
    """
    try:
        if isinstance(data, bytes) and len(data) > MAX_BYTES:
            raise Refused("too_large", size=len(data), limit=MAX_BYTES)
        file = BytesIO(data) if isinstance(data, bytes) else data
        if recognise(file) == "xlsx":
            source = open_xlsx(file, sheet)
        else:
            source = open_csv(file, is_known, separator, encoding)
        return build_table(source, is_known)
    except Refused as refusal:
        refusal.values.setdefault("filename", filename)
        raise
