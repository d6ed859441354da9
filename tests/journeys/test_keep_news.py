"""News by mail: asked twice, ended once, and every step written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from shop.brand import operations as branding
from shop.consents.queries import consents_of
from shop.core.database import end_read, session, transaction
from shop.core.languages import SPANISH, _, speaking
from shop.journeys.keep_news import (
    ask_for_news,
    choose_news_language,
    confirm_news,
    end_news,
    send_issue,
    wish_for_news,
)
from shop.journeys.tidy_up import tidy_up
from shop.news import operations as news
from shop.news.models import NewsSubscription
from shop.news.queries import known_of
from shop.news.rules import address_key
from tests.support.factories import BRAND
from tests.support.held_clock import HeldClock
from tests.support.till import Till

READER = "robin@example.org"


@pytest.fixture
def till(app: Flask) -> Till:
    with transaction():
        branding.found(BRAND)
    return Till()


def _token(email: str = READER) -> str:
    found = session().execute(select(NewsSubscription.token).where(NewsSubscription.email == email)).scalar_one()
    end_read()
    return found


def _reads(email: str = READER) -> None:
    ask_for_news(email=email, address="203.0.113.7")
    confirm_news(_token(email))


def _issue(language: str = "en") -> int:
    with transaction():
        return news.draft_issue(subject="Spring", text="Hello.\n\nGoodbye.", language=language)


def _steps(email: str = READER) -> list[str]:
    found = [f"{one['step']} by {one['origin']}" for one in consents_of(address_key(email))]
    end_read()
    return found


def test_no_news_comes_before_the_press_and_each_step_is_logged(till: Till) -> None:
    ask_for_news(email=READER, address=None)
    send_issue(_issue(), actor="ada")
    till.works()
    till.works()
    assert till.post.subjects == ["Please confirm your address"]
    assert confirm_news(_token())
    assert not confirm_news(_token())
    assert _steps() == ["asked by form", "given by mailed page"]


def test_an_issue_goes_once_to_each_who_confirmed_in_its_language(till: Till) -> None:
    _reads()
    with speaking(SPANISH):
        _reads("luz@example.org")
    till.works()
    till.post.letters.clear()
    number = _issue()
    assert send_issue(number, actor="ada")
    assert not send_issue(number, actor="ada")
    for _round in range(3):
        till.works()
    (letter,) = till.post.letters
    assert (letter["To"], letter["Subject"]) == (READER, "Spring")
    assert letter["List-Unsubscribe"] == f"<http://shop.test/news/{_token()}/end>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_ends_it_meanwhile_gets_nothing_and_leaves_nothing_but_the_log(till: Till) -> None:
    _reads()
    token, number = _token(), _issue()
    till.works()
    till.post.letters.clear()
    send_issue(number, actor="ada")
    end_news(token, origin="one click")
    till.works()
    till.works()
    assert till.post.letters == []
    assert known_of(READER) == []
    assert _steps()[-1] == "withdrawn by one click"
    assert READER not in str(consents_of(address_key(READER)))


def test_a_language_can_be_chosen_and_nonsense_is_english(till: Till) -> None:
    _reads()
    choose_news_language(_token(), "es")
    assert known_of(READER)[0]["language"] == "es"
    choose_news_language(_token(), "xx")
    assert known_of(READER)[0]["language"] == "en"


def test_a_box_ticked_at_checkout_still_asks_the_mailbox(till: Till) -> None:
    with transaction():
        wish_for_news(READER, language="es", origin="checkout")
    till.works()
    with speaking(SPANISH):
        assert till.post.subjects == [_("Please confirm your address")] != ["Please confirm your address"]
    assert _steps() == ["asked by checkout"]


def test_what_nobody_confirmed_in_a_week_is_gone(till: Till, held_clock: HeldClock) -> None:
    ask_for_news(email=READER, address=None)
    held_clock.forward(timedelta(days=7))
    tidy_up()
    assert known_of(READER) == []
