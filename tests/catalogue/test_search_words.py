"""Words as search knows them: pure."""

from __future__ import annotations

from random import Random

import pytest

from shop.catalogue.search.words import distance, nearest, plain, terms, trigrams, words_of


def test_words_lose_their_case_their_accents_and_their_apostrophes() -> None:
    assert plain("Camión de la Niña") == "camion de la nina"
    assert words_of("Women’s tee, 100% cotton_blend") == ["womens", "tee", "100", "cotton", "blend"]


def test_a_query_is_a_few_different_words() -> None:
    assert terms("North STAR north, a tee!") == ("north", "star", "tee")
    assert terms("lanterns dress tees") == ("lantern", "dress", "tee")
    assert len(terms("one two three four five six seven eight")) == 6
    assert terms('\' OR "1" * ( ) : ^ - \\') == ("or",)
    assert terms("") == terms("!? _ a") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("star", "star", 0),
        ("satr", "star", 1),
        ("lntern", "lantern", 1),
        ("lanternn", "lantern", 1),
        ("movment", "movement", 1),
        ("movemnet", "moment", 3),
        ("", "tee", 3),
    ],
)
def test_words_are_as_far_apart_as_mistakes_lead_from_one_to_the_other(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == distance(other, one) == apart


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nroth", "north"),
        ("lantren", "lantern"),
        ("mvoemnt", "movement"),
        ("lantrn", "lantern"),
        ("lanetrn", "lantern"),
        ("xylophone", None),
        ("tea", None),
    ],
)
def test_the_nearest_word_is_what_was_meant(typed: str, meant: str | None) -> None:
    assert nearest(typed, ["north", "lantern", "movement", "star", "thread", "tee", "lane"]) == meant


def test_leaving_out_what_is_surely_too_far_changes_no_answer() -> None:
    made = Random(7)
    words = ["".join(made.choices("abcde", k=made.randint(3, 9))) for _ in range(60)]

    def plainly(typed: str) -> str | None:
        most = 1 if len(typed) < 7 else 2
        found = []
        for one in words:
            whole, begun = distance(typed, one), distance(typed, one[: len(typed)]) + 1
            apart = min(whole, begun) if whole > most and len(one) > len(typed) else whole
            found.append((apart, one[0] != typed[0], len(one), one))
        best = min(found)
        return best[3] if best[0] <= most else None

    asked = ["".join(made.choices("abcdef", k=made.randint(4, 8))) for _ in range(80)] + [f"{one}e" for one in words]
    answers = [nearest(word, words) for word in asked]
    assert answers == [plainly(word) for word in asked]
    assert None in answers
    assert sum(one is not None for one in answers) > 30


def test_a_short_word_and_a_mistyped_one_still_share_trigrams() -> None:
    assert set(trigrams("nroth")) & set(trigrams("north")) == {"__n", "th_"}
