"""Tables that leave the house as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from werkzeug.wrappers import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PHONE = re.compile(r"\+[0-9][0-9 ()/.-]{4,24}")


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to keep. Text that a spreadsheet would take for a formula is made plain (OWASP's CSV injection)."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    answer = Response(out.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(text: str) -> str:
    """Not a formula any more. A telephone number (`+1 555 0100`) calls nothing, and postage tools take it as it is."""
    return f"'{text}" if text.startswith(_FORMULA) and not _PHONE.fullmatch(text) else text
