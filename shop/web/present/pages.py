"""Long lists in pages: which one is asked for, the links to the others, and how many there are in words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from shop.core.formats import number_text
from shop.core.languages import _, ngettext
from shop.web.view_models.parts import Link, Pagination

AROUND = 2  # pages shown on either side of the current one
LARGEST = 100_000


def page_asked(text: str | None) -> int | None:
    """The number in `?page=`; 1 without one, None for anything that is no page number."""
    if text is None:
        return 1
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(LARGEST)):
        return None
    return int(text) or None


def pagination(total: int, number: int, size: int, url: Callable[[int], str]) -> Pagination | None:
    """Links to the pages around, the first and the last; None where one page holds everything."""
    last = (total + size - 1) // size
    if last <= 1:
        return None
    near = set(range(number - AROUND, number + AROUND + 1)) | {1, last}
    shown = sorted(one for one in near if 1 <= one <= last)
    return Pagination(
        pages=tuple(
            Link(label=number_text(one), url=url(one), current=one == number, after_others=one - before > 1)
            for before, one in pairwise([0, *shown])
        ),
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if number < last else "",
    )


def count_in_words(total: int, number: int, size: int) -> str:
    """ "9 products", or "Products 25 to 48 of 212"."""
    if total <= size:
        return ngettext("%(num)s product", "%(num)s products", total)
    first = (number - 1) * size + 1
    last = min(first + size - 1, total)
    return _("Products %(first)s to %(last)s of %(total)s", first=first, last=last, total=number_text(total))
