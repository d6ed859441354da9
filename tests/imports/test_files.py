"""What files say: CSV and XLSX as spreadsheets write them, and what strangers put into them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from shop.core.errors import Invalid
from shop.imports import rules
from shop.imports.rules import FileRow, number_of, read_file


def workbook(*rows: tuple[object, ...]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"SKU,On hand\nTEE-M,12\n",
        b"\xef\xbb\xbfsku;Quantity\r\nTEE-M;12\r\n",
        b"Product\tSKU\tQty\nTee\tTEE-M\t12\n",
        b"TEE-M,12\n",
        b"Barcode,On hand\n\n'TEE-M,12\n".replace(b"'TEE-M", b"TEE-M"),
        workbook(("SKU", "On hand"), ("TEE-M", 12)),
        workbook(("Product", "SKU", "On hand"), ("Tee", "TEE-M", 12.0)),
    ],
)
def test_a_row_is_a_code_and_a_number(content: bytes) -> None:
    (row,) = read_file(content)
    assert (row.code, row.cells) == ("TEE-M", {"on_hand": "12"})


def test_several_numbers_of_a_row_are_read_and_empty_ones_left_out() -> None:
    rows = read_file(b"SKU,On hand,Damaged,Safety stock,Available\nTEE-M,12,,2,99\n,5,,,\n")
    assert rows == [FileRow(2, "TEE-M", {"on_hand": "12", "safety_stock": "2"})]


def test_formulas_stay_text_and_the_apostrophe_of_an_export_is_taken_off() -> None:
    rows = read_file(workbook(("SKU", "On hand"), ("'=cmd|x", 1), ("TEE-M", "=1+1"), ("'-TEE", "'+3")))
    assert [(row.code, row.cells["on_hand"]) for row in rows] == [("=cmd|x", "1"), ("TEE-M", "=1+1"), ("-TEE", "+3")]
    with pytest.raises(Invalid):
        number_of("=1+1", mode="set", before=0)


@pytest.mark.parametrize(
    ("typed", "mode", "after"),
    [
        ("12", "set", 12),
        ("12", "add", 22),
        ("+3", "set", 13),
        ("-3", "add", 7),
        ("1,200", "set", 1200),
        ("12.0", "set", 12),
    ],
)
def test_numbers_replace_or_add(typed: str, mode: str, after: int) -> None:
    assert number_of(typed, mode=mode, before=10) == after


def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 2_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a,b\nc,d\n",
        b"SKU,Colour\nTEE-M,red\n",
        b"PK\x03\x04 no zip at all",
        b"SKU,On hand\x00\nTEE-M,1",
        _bomb(),
        b"SKU,On hand\n" + b"TEE-M,1\n" * 11,
    ],
)
def test_what_is_not_a_file_of_ours_is_refused_in_words(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST_UNPACKED", 1_000_000)
    monkeypatch.setattr(rules, "MOST_ROWS", 10)
    with pytest.raises(Invalid):
        read_file(content)


def test_what_stands_far_to_the_right_is_not_looked_at() -> None:
    assert read_file(b"SKU,On hand\nTEE-M,12" + b"," * 100_000) == [FileRow(2, "TEE-M", {"on_hand": "12"})]


def test_a_sheet_with_words_of_its_own_for_a_bomb_is_refused() -> None:
    """XML can say a word a billion times by names that stand for names; a sheet has no need of any."""
    out, laughs = BytesIO(), b'<!DOCTYPE s [<!ENTITY a "TEE-M">]><worksheet'
    with (
        zipfile.ZipFile(BytesIO(workbook(("SKU", "On hand"), ("TEE-M", 12)))) as whole,
        zipfile.ZipFile(out, "w") as made,
    ):
        for name in whole.namelist():
            made.writestr(name, whole.read(name).replace(b"<worksheet", laughs).replace(b">TEE-M<", b">&a;<"))
    with pytest.raises(Invalid):
        read_file(out.getvalue())
