"""One mailbox is one person, and an appeal is a sentence."""

from __future__ import annotations

import pytest

from shop.actions.rules import address_key, check_appeal, domain_of
from shop.core.errors import Invalid


def test_case_and_what_follows_a_plus_make_no_other_person() -> None:
    assert address_key("Robin+tees@Example.org ") == address_key("robin@example.org")
    assert address_key("robin@example.org") != address_key("robin@example.net")


def test_a_key_does_not_tell_the_address() -> None:
    assert "robin" not in address_key("robin@example.org")
    assert domain_of("Robin@Example.org") == "example.org"


@pytest.mark.parametrize(("ask", "goal"), [("", 5), ("x" * 201, 5), ("two\nlines", None), ("I will.", 0)])
def test_what_is_no_appeal_is_refused(ask: str, goal: int | None) -> None:
    with pytest.raises(Invalid):
        check_appeal(ask, goal)
