"""Workbooks that are broken, made to do harm, or no workbooks at all."""

import io
from contextlib import suppress
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..exchange import archive
from ..exchange.errors import Refused
from .test_exchange_xlsx import (
    SHEET,
    changed,
    excel_like,
    refused_code,
    rows_of,
    saved,
    workbook_of,
)


def test_rows_out_of_order_are_refused_not_dropped():
    data = saved(workbook_of(["Code", "Qty"], ["A", 1], ["B", 2]))

    twisted = changed(data, SHEET, lambda xml: xml.replace('<row r="3"', '<row r="2"'))

    assert twisted != data
    assert refused_code(twisted) == "broken_file"


def test_a_file_cut_off_or_damaged_is_broken():
    data = saved(workbook_of(["Code", "Qty"], ["A", 1]))

    assert refused_code(data[: len(data) // 2]) == "broken_file"
    assert refused_code(changed(data, SHEET, lambda xml: xml[: len(xml) // 2])) == "broken_file"


def test_a_text_that_the_file_does_not_hold_is_damage():
    data = excel_like(["Code", "Qty"], ["A", 1])

    wrong = changed(data, SHEET, lambda xml: xml.replace('t="s"><v>2<', 't="s"><v>99<'))

    assert wrong != data
    assert refused_code(wrong) == "broken_file"


GOOD = excel_like(["Code", "Qty", "Date"], ["A", 1, 46112.5], ["B", 2.5, True])
PARTS = ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", SHEET]
PARTS += ["_rels/.rels", "xl/_rels/workbook.xml.rels", "docProps/core.xml"]


@settings(max_examples=150)
@given(
    st.sampled_from(PARTS),
    st.integers(0, 4000),
    st.integers(0, 30),
    st.text('<>/"=& 0aAZ9:-r', max_size=6),
)
def test_a_part_written_over_is_read_or_refused(part, at, length, text):
    def overwrite(xml: str) -> str:
        start = at % len(xml)
        return xml[:start] + text + xml[start + length :]

    with suppress(Refused):
        rows_of(changed(GOOD, part, overwrite))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_a_file_written_over_is_read_or_refused(at, data):
    with suppress(Refused):
        rows_of(GOOD[:at] + data + GOOD[at + len(data) :])


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_document_type_is_refused_wherever_it_stands(part):
    data = excel_like(["Code", "Qty"], ["A", 1])
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def declare(xml: str) -> str:
        head, _mark, body = xml.partition("?>") if xml.startswith("<?xml") else ("", "", xml)
        return f"{head}?>{laughs}{body}" if head else laughs + body

    assert refused_code(changed(data, part, declare)) == "broken_file"


def test_a_zip_bomb_is_refused_by_its_directory(monkeypatch):
    data = saved(workbook_of(["Code", "Qty"], ["A", 1]))
    bomb = changed(data, SHEET, lambda xml: xml + " " * 3_000_000)

    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 1_000_000)

    assert len(bomb) < 20_000
    assert refused_code(bomb) == "too_large"


def test_a_part_held_in_memory_has_a_limit_of_its_own(monkeypatch):
    data = saved(workbook_of(["Code", "Qty"], ["A", 1]))
    monkeypatch.setattr(archive, "MAX_PART_BYTES", 100)

    assert refused_code(data) == "too_large"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "open_document"),
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "binary_workbook"),
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "not_a_table"),
        ({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}, "broken_file"),
        ({"photo.jpg": "x"}, "not_a_table"),
    ],
)
def test_other_zips_are_told_apart(parts, code):
    target = io.BytesIO()
    with ZipFile(target, "w") as other:
        for name, content in parts.items():
            other.writestr(name, content)

    assert refused_code(target.getvalue()) == code


def test_the_strict_form_is_named():
    data = saved(workbook_of(["Code", "Qty"], ["A", 1]))
    strict = changed(
        data,
        "xl/workbook.xml",
        lambda xml: xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )

    assert refused_code(strict) == "strict_workbook"
