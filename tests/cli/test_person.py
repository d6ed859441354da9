"""An address learns what is kept of it outside of orders, and can have it erased; staff are helped back in."""

from __future__ import annotations

from flask import Flask

from shop.journeys.keep_news import ask_for_news
from shop.journeys.take_part import sign_appeal
from shop.staff.queries import has_factor
from tests.staff.people import added, with_app
from tests.support.audit_log import recent_audit
from tests.support.movement import SLUG, open_campaign
from tests.support.till import Till

ROBIN = "robin@example.org"


def _run(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=["person", *words])
    return done.output


def test_what_is_kept_is_shown_and_erased(app: Flask) -> None:
    open_campaign()
    sign_appeal(SLUG, email=ROBIN, address="203.0.113.7")
    ask_for_news(email=ROBIN, address="203.0.113.7")
    Till().works()
    told = _run(app, "show", ROBIN.upper())
    assert "signatures: 1" in told
    assert "203.0.113.0/24" in told
    assert "letters: 2" in told
    assert "1 signatures, 1 news, 0 waits for, 0 letters from friends, 2 letters removed" in _run(app, "erase", ROBIN)
    after = _run(app, "show", ROBIN)
    assert "signatures: 0" in after
    assert "letters: 0" in after
    assert "consents: 1" in after
    assert ROBIN not in after
    entry = recent_audit(limit=1)[0]
    assert (entry.action, ROBIN in str(entry.details)) == ("person.erased", False)


def test_what_is_no_address_is_refused(app: Flask) -> None:
    assert "Error: Enter an e-mail address" in _run(app, "show", "nobody")
    assert "Error: Enter an e-mail address" in _run(app, "erase", "nobody")


def test_who_lost_every_factor_is_helped_from_the_command_line(app: Flask) -> None:
    ada = added()
    with_app(ada.id)
    runner = app.test_cli_runner()
    done = runner.invoke(args=["staff", "reset", "--email", "ADA@example.org"])
    assert "Ada sets up a second factor at the next sign-in." in done.output
    assert not has_factor(ada.id)
    assert recent_audit(limit=1)[0].action == "staff.factors_forgotten"
    assert "Nobody signs in as" in runner.invoke(args=["staff", "reset", "--email", "eve@example.org"]).output
