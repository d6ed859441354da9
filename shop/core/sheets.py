"""Tables from spreadsheets: CSV as people and their programs write it, and what is wrong with it in words."""

from __future__ import annotations

import csv
from io import StringIO

from shop.core.errors import Invalid

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what goes out with a mark before it, so that no program runs it
LONGEST_FILE = 400_000  # bytes; a request has 512 KB


def read_csv(content: bytes) -> list[dict[str, str]]:
    """Rows by column, names in small letters with `_` between words; raises Invalid for what is no table."""
    if len(content) > LONGEST_FILE:
        raise Invalid("The file is larger than 400 KB.", field="file")
    try:
        text = content.decode("utf-8-sig")
        lines = list(csv.reader(StringIO(text, newline=""), _dialect(text), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid("This is no CSV file in UTF-8.", field="file") from error
    if not lines:
        raise Invalid("The file is empty.", field="file")
    names = ["_".join(name.lower().replace("-", " ").split()) for name in lines[0]]
    return [dict(zip(names, map(_plain, cells), strict=False)) for cells in lines[1:] if any(map(str.strip, cells))]


def _dialect(text: str) -> type[csv.Dialect]:
    """Commas, or what Excel writes in much of Europe: semicolons."""
    first = text.partition("\n")[0]

    class Told(csv.excel):
        delimiter = ";" if first.count(";") > first.count(",") else ","

    return Told


def _plain(cell: str) -> str:
    """Without the mark that our own files put before what looks like a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
