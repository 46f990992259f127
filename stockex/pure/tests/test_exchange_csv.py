"""CSV files of any separator and encoding, and what is no table."""

import csv
import io
import tracemalloc
from contextlib import suppress
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..exchange.errors import Fault, Refused
from ..exchange.kind import MAX_BYTES
from ..exchange.reading import open_table

HEADERS = ("Code", "Emplacement", "Quantité")
# All that a CSV cell can hold and that a spreadsheet would still show as text.
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=12
)
LATIN = st.text(st.sampled_from("abcé àçêñÉŒœ€;,\t|\"'\n0123456789"), max_size=12)


def written(rows, separator=";", encoding="utf-8", line_end="\r\n") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator, lineterminator=line_end).writerows(rows)
    return target.getvalue().encode(encoding)


def cells(table) -> list[tuple]:
    return [row.cells for row in table.rows()]


def refusal(data, **options) -> Refused:
    with pytest.raises(Refused) as caught:
        list(open_table(data, "count.csv", **options).rows())
    return caught.value


def expected(rows) -> list[tuple]:
    return [tuple(cell or None for cell in row) for row in rows if "".join(row).strip()]


def tables(texts):
    row = st.tuples(st.just("x"), texts, texts)
    return st.lists(row, min_size=1, max_size=8)


@given(
    tables(TEXTS),
    st.sampled_from(";,\t|:"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(rows, separator, encoding, line_end):
    data = written([HEADERS, *rows], separator, encoding, line_end)

    table = open_table(data, "count.csv", separator=separator)

    assert table.headers == HEADERS
    assert table.encoding == encoding
    assert cells(table) == expected(rows)


@given(tables(LATIN), st.sampled_from(["cp1252", "iso-8859-15"]))
def test_what_is_written_in_a_named_encoding_is_read_back(rows, encoding):
    data = written([HEADERS, *rows], ";", encoding)

    assert cells(open_table(data, "count.csv", separator=";", encoding=encoding)) == expected(rows)


@given(tables(TEXTS), st.sampled_from(";,\t|"))
def test_known_headers_give_the_separator_away_whatever_the_cells_hold(rows, separator):
    table = open_table(written([HEADERS, *rows], separator), "count.csv")

    assert table.separator == separator
    assert cells(table) == expected(rows)


def test_a_semicolon_file_keeps_its_decimal_commas():
    table = open_table(b"Code;Quantity\nA;1,5\nB;2,25\n", "count.csv")

    assert (table.separator, table.encoding, table.header_row) == (";", "utf-8", 1)
    assert cells(table) == [("A", "1,5"), ("B", "2,25")]


def test_unknown_headers_leave_the_separator_to_the_width_of_the_rows():
    assert open_table(b"foo;bar\n1,2;3\n4;5,6\n", "x.csv").separator == ";"
    assert open_table(b"foo\tbar\n1,2\t3\n4\t5,6\n", "x.csv").separator == "\t"
    assert open_table(b"foo|bar\na b|c\n", "x.csv").separator == "|"


def test_the_line_in_which_excel_names_the_separator_is_no_row():
    table = open_table(b"sep=|\r\nfoo|bar\r\n1;2|3\r\n", "count.csv")

    assert (table.separator, table.headers, table.header_row) == ("|", ("foo", "bar"), 1)
    assert [row.number for row in table.rows()] == [2]


def test_a_header_that_begins_like_excels_line_is_a_header():
    assert open_table(b"sep=A;Code;Qty\n1;2;3\n", "x.csv").headers == ("sep=A", "Code", "Qty")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known(encoding):
    table = open_table("Référence\tQuantité\nA-1\t3\n".encode(encoding), "count.txt")

    assert table.encoding == encoding
    assert (table.headers, cells(table)) == (("Référence", "Quantité"), [("A-1", "3")])


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_french_accents_tell_windows_from_mac(encoding):
    text = "Référence;Désignation;Quantité\nA;Pâte à gâteau d’été;3\nB;Forêt « brûlée »;4\n"

    table = open_table(text.encode(encoding), "count.csv")

    assert table.encoding == encoding
    assert table.headers == ("Référence", "Désignation", "Quantité")
    assert [row.cells[1] for row in table.rows()] == ["Pâte à gâteau d’été", "Forêt « brûlée »"]


def test_an_accent_after_the_first_chunk_is_seen():
    text = "Code;Nom\n" + "A;b\n" * 50_000 + "Z;é\n"

    table = open_table(text.encode("cp1252"), "count.csv")

    assert table.encoding == "cp1252"
    assert cells(table)[-1] == ("Z", "é")


def test_a_forced_encoding_that_does_not_fit_is_refused():
    refused = refusal("Code;Nom\nA;é\n".encode("cp1252"), encoding="utf-8")

    assert (refused.code, refused.values["encoding"]) == ("bad_encoding", "utf-8")
    assert refusal(b"a;b\n1;2\n", encoding="rot13").code == "bad_encoding"


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    data = b'Count of May\n\nWarehouse;Paris\nCode;Qty\n\n"A\r\nB";1\n;\nC;2\n'

    table = open_table(data, "count.csv")

    assert (table.header_row, table.headers) == (4, ("Code", "Qty"))
    assert [(row.number, row.cells) for row in table.rows()] == [
        (6, ("A\r\nB", "1")),
        (8, ("C", "2")),
    ]


def test_a_line_above_the_table_that_names_two_headers_is_not_the_header():
    data = b"Warehouse;Paris;Date;3 May\nCode;Name;Location;Qty\nA;b;c;1\n"

    assert open_table(data, "count.csv").header_row == 2


def test_short_rows_are_filled_and_long_ones_are_faulty():
    table = open_table(b"Code;Qty;Note\nA;1\nB;2;x;;\nC;3;x;y\n", "count.csv")

    rows = list(table.rows())

    assert [row.cells for row in rows] == [("A", "1", None), ("B", "2", "x"), ("C", "3", "x")]
    assert [row.faults for row in rows] == [(), (), (Fault("too_many_cells", 3, "D4", "y"),)]


def test_the_table_can_be_read_again_and_a_given_file_stays_open():
    file = io.BytesIO(b"Code;Qty\nA;1\nB;2\n")

    table = open_table(file, "count.csv")

    assert next(table.rows()).cells == ("A", "1")
    assert cells(table) == cells(table) == [("A", "1"), ("B", "2")]
    assert not file.closed


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\r\n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"Code;Qty\n", "no_rows"),
        (b"Code;Qty\n;\n  ;\n", "no_rows"),
        (b"Code;Qty\nA;\x001\n", "nul_bytes"),
        (b'Code;Qty\nA;1\n"B;2\nC;3\n', "unclosed_quote"),
        (b'Code;Qty\nA;"' + b"x" * 200_000, "cell_too_long"),
        (b"Code;Qty\nA;1\n" + b";" * 1_100_000, "too_large"),
        (b"%PDF-1.7\n%\xe2\xe3", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_a_table"),
        (b"<html><table><tr><td>Code</td></tr></table></html>", "not_a_table"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><Workbook/>', "not_a_table"),
        (bytes(range(1, 255)) * 4, "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"\x09\x04\x06\x00\x07\x00\x10\x00", "old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted_file",
        ),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(data, code):
    refused = refusal(data)

    assert (refused.code, refused.values.get("filename", "count.csv")) == (code, "count.csv")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(data):
    with suppress(Refused):
        list(open_table(data, "count.csv").rows())


def test_an_open_quotation_mark_is_named_by_its_row():
    refused = refusal(b'Code;Qty\nA;1\n"B;2\nC;3\n')

    assert refused.values["row"] == 3


def test_more_than_fifty_megabytes_are_refused_unread():
    refused = refusal(bytes(MAX_BYTES + 1))

    assert (refused.code, refused.values["limit"]) == ("too_large", 52_428_800)


@pytest.mark.parametrize("separator", ["ab", '"', "\n"])
def test_a_separator_that_cannot_separate_is_refused(separator):
    assert refusal(b"a;b\n1;2\n", separator=separator).code == "bad_separator"


def test_a_hundred_thousand_rows_take_little_memory():
    data = ("Code;Quantité\n" + "Étagère;1,5\n" * 100_000).encode("cp1252")

    tracemalloc.start()
    rows = open_table(data, "count.csv").rows()
    # Tracing is slow; what the first rows leave behind, the others would, too.
    traced = sum(1 for _row in islice(rows, 30_000))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert traced + sum(1 for _row in rows) == 100_000
    assert peak < 1_000_000
