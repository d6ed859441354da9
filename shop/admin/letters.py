"""Letters: what went out to whom."""

from __future__ import annotations

from werkzeug.wrappers import Response

from shop.admin.answers import page
from shop.admin.asked import page_number, search_words
from shop.admin.reads import letters as read
from shop.admin.routes import Answer, shows
from shop.staff.rules.permissions import Permission

# A letter's own styles, and nothing else: no script, no picture, no form, no link that takes this page along.
AS_MAIL = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


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


@shows("/letters/<row:letter_id>/as-mail", needs=Permission.SEE_LETTERS)
def letter_as_mail(letter_id: int) -> Answer:
    """As it looks in a program for mail."""
    answer = Response(read.letter_html(letter_id), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = AS_MAIL
    return answer
