"""Names for things: sorted, spoken, unguessable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core import codes

PLAIN = st.text(codes.ALPHABET, min_size=6, max_size=6)


def test_ids_sort_by_time_and_never_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(10**18, 10**18 + 10**9, 10**6))  # a millisecond each
    monkeypatch.setattr("shop.core.codes.time.time_ns", lambda: next(ticks))
    made = [codes.new_id() for _ in range(1_000)]
    assert made == sorted(made)
    assert len(set(made)) == 1_000
    assert {len(one) for one in made} == {26}


def test_tokens_are_long_and_url_safe() -> None:
    made = {codes.new_token() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(len(one) == 32 and one.replace("-", "").replace("_", "").isalnum() for one in made)


def test_an_order_number_is_read_back_as_people_write_it() -> None:
    number = codes.new_order_number()
    for typed in (number, number.lower(), number.replace("-", ""), f"  #{number} ", number.replace("-", " - ")):
        assert codes.read_order_number(typed) == number


@given(drawn=PLAIN, place=st.integers(0, 6), letter=st.sampled_from(codes.ALPHABET))
def test_one_wrong_character_is_always_noticed(drawn: str, place: int, letter: str) -> None:
    right = drawn + codes._check(drawn)
    wrong = right[:place] + letter + right[place + 1 :]
    assert (codes.read_order_number(wrong) is None) == (wrong != right)


@given(drawn=PLAIN, place=st.integers(0, 4))
def test_two_swapped_neighbours_are_always_noticed(drawn: str, place: int) -> None:
    right = drawn + codes._check(drawn)
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert (codes.read_order_number(swapped) is None) == (swapped != right)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = codes.read_order_number(text)
    assert found is None or codes.read_order_number(found) == found


def test_characters_that_look_alike_are_never_used() -> None:
    assert not set(codes.ALPHABET) & set("AEIOU01BLSZ58")
