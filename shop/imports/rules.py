"""What a file says: rows of a SKU or barcode and numbers, out of CSV or XLSX. Pure but for the reading of XLSX."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from itertools import islice

from msgspec import Struct

from shop.core.errors import Invalid

MOST_ROWS = 20_000
MOST_COLUMNS = 60  # of a row; what stands further to the right is not looked at
LARGEST_FILE = 4 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024  # an XLSX is a ZIP: what it says it unpacks to is asked before unpacking
CODES = ("sku", "barcode", "sku or barcode", "variant sku")
PARTS: Mapping[str, str] = {
    "on hand": "on_hand",
    "quantity": "on_hand",
    "qty": "on_hand",
    "stock": "on_hand",
    "damaged": "damaged",
    "quality hold": "quality_hold",
    "safety stock": "safety_stock",
}
_NUMBER = re.compile(r"([+−-]?)([0-9]{1,6})(?:\.0+)?")


class FileRow(Struct, frozen=True):
    """A row of the file by its number there; `cells` are what it says by part, as it was typed."""

    number: int
    code: str
    cells: Mapping[str, str]


def read_file(content: bytes) -> list[FileRow]:
    """The rows of a CSV or XLSX file. Raises Invalid for anything else, and for too much."""
    table = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    rows = [[_plain(cell) for cell in row] for row in table]
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not filled:
        raise Invalid("There is nothing in this file.", field="file")
    if len(filled) > MOST_ROWS + 1:
        raise Invalid(f"A file has at most {MOST_ROWS:,} rows.", field="file")
    code, parts, body = _columns(filled)
    return [FileRow(number, _at(row, code), _cells(row, parts)) for number, row in body if _at(row, code)]


def number_of(typed: str, *, mode: str, before: int) -> int:
    """What a number becomes: `12` replaces it or, where the file adds, is added; `+3` and `-2` are always added.

    Raises Invalid for what is no number.
    """
    found = _NUMBER.fullmatch(typed.replace(",", "").replace(" ", ""))
    if found is None:
        raise Invalid(f"“{typed[:20]}” is no whole number.")
    number = int(found[2])
    if found[1] in ("-", "−"):
        return before - number
    return before + number if found[1] == "+" or mode == "add" else number


def _columns(filled: Sequence[tuple[int, list[str]]]) -> tuple[int, dict[int, str], Sequence[tuple[int, list[str]]]]:
    """Where the code and the numbers stand; without a heading, the first column and the second."""
    heading = [cell.casefold() for cell in filled[0][1]]
    code = next((heading.index(name) for name in CODES if name in heading), None)
    parts = {place: PARTS[name] for place, name in enumerate(heading) if name in PARTS}
    if code is not None and parts:
        return code, parts, filled[1:]
    if code is None and not parts and len(filled[0][1]) >= 2 and _NUMBER.fullmatch(filled[0][1][1]):
        return 0, {1: "on_hand"}, filled
    raise Invalid("The first row must name the columns: SKU (or Barcode), and On hand (or Quantity).", field="file")


def _cells(row: list[str], parts: Mapping[int, str]) -> dict[str, str]:
    return {part: _at(row, place) for place, part in parts.items() if _at(row, place)}


def _at(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _plain(cell: object) -> str:
    """Text of a cell; the apostrophe that keeps a spreadsheet from calculating is taken off again."""
    text = "" if cell is None else str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = "".join(letter for letter in text if letter.isprintable()).strip()[:200]
    return text[1:] if text.startswith("'") and text[1:2] in ("=", "+", "-", "@") else text


def _csv(content: bytes) -> Iterable[Sequence[object]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Invalid("This is not a CSV or XLSX file.", field="file")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = islice(csv.reader(StringIO(text), delimiter=delimiter), MOST_ROWS + 100)
        return [row[:MOST_COLUMNS] for row in rows]
    except csv.Error as problem:
        raise Invalid("This CSV file cannot be read.", field="file") from problem


def _xlsx(content: bytes) -> Iterable[Sequence[object]]:
    """The first sheet. The library is large, so it is loaded here."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise Invalid("This file unpacks to too much.", field="file")
        book = load_workbook(BytesIO(content), read_only=True, data_only=False)
        sheet = book.worksheets[0]
        return list(islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), MOST_ROWS + 100))
    except Invalid:
        raise
    except Exception as problem:  # a file of a stranger can break a reader in any way
        raise Invalid("This XLSX file cannot be read.", field="file") from problem
