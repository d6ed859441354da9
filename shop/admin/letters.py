"""Letters: what went out to whom."""

from __future__ import annotations

from shop.admin.answers import page
from shop.admin.asked import page_number, search_words
from shop.admin.reads import letters as read
from shop.admin.routes import Answer, shows
from shop.staff.rules.permissions import Permission


@shows("/letters", needs=Permission.SEE_LETTERS)
def letter_list() -> Answer:
    """Newest first; searched by the whole address."""
    search, number = search_words(), page_number()
    letters = read.latest_letters(recipient=search, page=number)
    more = len(letters) == read.PAGE
    return page("admin/letters.html", letters=letters, search=search, number=number, more=more)


@shows("/letters/<row:letter_id>", needs=Permission.SEE_LETTERS)
def one_letter(letter_id: int) -> Answer:
    """As it reads."""
    return page("admin/letter.html", letter=read.letter(letter_id))
