"""What an audit entry says of a change."""

from __future__ import annotations

from datetime import date

from shop.core.money import Money
from shop.staff.rules.audit import LONGEST, begun, differences, ended, size_of


def test_only_what_differs_is_told() -> None:
    told = differences({"price": 1, "name": "Tee", "on": True}, {"price": 2, "name": "Tee", "on": True})
    assert told == {"before": {"price": 1}, "after": {"price": 2}}


def test_nothing_and_an_empty_text_are_the_same() -> None:
    assert differences({"note": None, "tags": ()}, {"note": "", "tags": []}) == {"before": {}, "after": {}}


def test_what_begins_had_no_fields_and_what_ends_has_none() -> None:
    fields = {"day": date(2026, 11, 26), "price": Money(1200, "USD"), "sizes": ("S", "M"), "place": {"x": 1}}
    plain = {"day": "2026-11-26", "price": str(Money(1200, "USD")), "sizes": ["S", "M"], "place": {"x": 1}}
    nothing = dict.fromkeys(fields)
    assert begun(fields) == {"before": nothing, "after": plain}
    assert ended(fields) == {"before": plain, "after": nothing}


def test_of_a_long_text_the_passage_that_differs_is_kept() -> None:
    long = "Before. " * 200 + "One river. " + "After. " * 200
    told = differences({"body": long}, {"body": long.replace("One river", "Two rivers")})
    assert "One river" in told["before"]["body"]
    assert "Two rivers" in told["after"]["body"]
    assert max(len(told[side]["body"]) for side in told) < LONGEST


def test_a_long_text_that_is_wholly_new_is_cut_in_its_middle() -> None:
    told = begun({"body": "x" * 5_000})
    assert told["before"]["body"] == ""
    assert len(told["after"]["body"]) < LONGEST + 20


def test_texts_that_only_grow_or_shrink_are_cut_too() -> None:
    grown = differences({"body": "a" * 400}, {"body": "a" * 900})
    assert len(grown["after"]["body"]) <= LONGEST + 20
    assert differences({"body": "a" * 900}, {"body": "a" * 400})["after"]["body"].startswith("…")


def test_words_that_the_log_may_not_keep_are_counted() -> None:
    assert size_of("Please call me. " * 100) == "1,600 characters"
