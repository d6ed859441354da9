"""What may stand in a note to a friend, and in a link."""

from __future__ import annotations

import pytest

from shop.core.errors import Invalid
from shop.sharing.rules import check_note, source_code


@pytest.mark.parametrize(
    "note", ["Thought of you. Robin", "  Read this,\n please ", "", "x" * 140, "3 tees, 2 friends"]
)
def test_plain_words_may(note: str) -> None:
    assert check_note(note) == " ".join(note.split())


@pytest.mark.parametrize(
    "note",
    [
        "x" * 141,
        "see http://spam.test",
        "see www.spam",
        "buy at cheap-pills.shop now",
        "write to me@spam.test",
        "call 555 0100 1234",
        "hxxps://spam",
        "a\x00b",
    ],
)
def test_what_leads_somewhere_may_not(note: str) -> None:
    with pytest.raises(Invalid) as told:
        check_note(note)
    assert told.value.field == "note"


@pytest.mark.parametrize(
    ("asked", "code"),
    [(" May-Flyer ", "may-flyer"), ("a b", ""), ("x" * 41, ""), ("-a", ""), ("r@x", ""), ("", "")],
)
def test_a_source_is_a_plain_word(asked: str, code: str) -> None:
    assert source_code(asked) == code
