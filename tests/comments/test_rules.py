"""What may be written under a story, and what makes a person look."""

from __future__ import annotations

import pytest

from shop.comments.rules import sounds_heavy, tidy
from shop.core.errors import Invalid


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "He hits me every day",
        "I can’t escape",
        "quiero morir",
        "Tengo miedo",
        "I was trafficked at 16",
    ],
)
def test_distress_is_heard(text: str) -> None:
    assert sounds_heavy(text)


@pytest.mark.parametrize("text", ["Thank you for this.", "I cried, and bought two tees.", "My therapist wears one."])
def test_other_words_are_not(text: str) -> None:
    assert not sounds_heavy(text)


def test_lines_stay_and_names_are_one_line() -> None:
    assert tidy("  Kim \n K. ", " One.\n\n\n\nTwo. ") == ("Kim K.", "One.\n\nTwo.")


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [("x" * 61, "Hello", "name"), ("", " ", "text"), ("", "x" * 1_001, "text"), ("", "a\x00b", "text")],
)
def test_too_much_or_nothing_is_refused_beside_its_field(name: str, text: str, field: str) -> None:
    with pytest.raises(Invalid) as told:
        tidy(name, text)
    assert told.value.field == field
