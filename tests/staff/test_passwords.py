"""Which passwords are good enough, and how they are kept."""

from __future__ import annotations

import re
from pathlib import Path

import argon2
import pytest

from shop.staff.rules import hashing
from shop.staff.rules.passwords import COMMON, LONGEST, SHORTEST, password_problem

pytestmark = pytest.mark.at_its_pace  # what hashing costs is what some of these are about


@pytest.mark.parametrize(
    "password",
    [
        "nine quiet otters by the weir",
        "tZ8!kd02_Qx1",
        "zwölf Böxer jagen Viktor",
        "木村さんは毎朝七時に起きます。",
        "839-201-758-392-114",
        " leading and trailing spaces ",
    ],
)
def test_a_long_password_that_nobody_guesses_is_good(password: str) -> None:
    assert password_problem(password, email="ada@example.org", name="Ada Obi") is None


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("short", "12 characters or more"),
        ("x" * (SHORTEST - 1), "12 characters or more"),
        ("ab1" * LONGEST, "200 characters at most"),
        ("passwordpassword", "first that somebody would guess"),
        ("Password2026!", "first that somebody would guess"),
        ("P@ssw0rd!P@ssw0rd!", "first that somebody would guess"),
        ("correct horse battery staple", "first that somebody would guess"),
        ("aaaaaaaaaaaaaaaa", "first that somebody would guess"),
        ("abcabcabcabcabc", "first that somebody would guess"),
        ("123456789012345", "first that somebody would guess"),
        ("987654321098765", "first that somebody would guess"),
        ("qwertyuiopqwertyuiop", "first that somebody would guess"),
        ("ada.obi@example.org", "your name or e-mail"),
        ("ADA.OBI@EXAMPLE.ORG", "your name or e-mail"),
        ("ada-obi-2026!", "your name or e-mail"),
    ],
)
def test_a_password_that_is_tried_first_is_refused_with_the_reason(password: str, told: str) -> None:
    problem = password_problem(password, email="ada.obi@example.org", name="Ada Obi")
    assert problem is not None
    assert told in problem


def test_full_width_letters_are_the_same_password() -> None:
    kept = hashing.hashed("nine quiet otters by the weir")
    assert hashing.verified(kept, "ｎｉｎｅ quiet otters by the weir")


def test_a_hash_is_argon2id_with_the_parameters_of_the_house() -> None:
    kept = hashing.hashed("nine quiet otters by the weir")
    assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert hashing.verified(kept, "nine quiet otters by the weir")
    assert not hashing.verified(kept, "ten quiet otters by the weir")
    assert not hashing.outdated(kept)


def test_an_older_hash_is_told_apart() -> None:
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("nine quiet otters by the weir")
    assert hashing.verified(older, "nine quiet otters by the weir")
    assert hashing.outdated(older)


def test_nobody_is_checked_against_a_hash_of_the_same_cost() -> None:
    assert not hashing.verified(None, "nobody has this")
    source = Path(hashing.__file__).read_text()
    nobody = re.search(r'_NOBODY = "([^"]+)"', source)
    assert nobody is not None
    assert not hashing.outdated(nobody[1])


def test_a_hash_that_is_none_opens_nothing() -> None:
    assert not hashing.verified("not a hash", "nine quiet otters by the weir")


def test_the_list_of_common_words_is_in_the_spelling_it_is_compared_in() -> None:
    assert {word for word in COMMON if word != word.casefold() or not word.isalnum()} == set()
