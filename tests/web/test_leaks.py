"""Nothing about a person stands on a page, in a feed, on a card or in an export that the public can fetch."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask

from shop.core.database import transaction
from shop.journeys.keep_news import ask_for_news
from shop.journeys.share_story import send_to_friend
from shop.journeys.take_part import sign_appeal
from shop.journeys.write_to_us import write_to_us
from shop.sharing.operations import name_source
from shop.web import kept
from tests.support import factories
from tests.support.client import SeparateClient
from tests.support.movement import SLUG, open_campaign
from tests.support.till import Till

# Each person uses a word that stands nowhere else, so that finding it anywhere is a leak.
PEOPLE = ("zqbuyer", "zqsigner", "zqreader", "zqfriend", "zqnote", "zqwriter")
NETWORK = "198.51.100"
HERE = f"{NETWORK}.77"
KNOWN = {"token": "x", "path": "x.svg", "kind": "svg", "country": "US"}
# Cards are pictures: what is drawn on them is a title and the brand, and their letters are outlines.
LEFT_OUT = ("/admin", "/static", "/media/cards")


@pytest.fixture
def lived(app: Flask) -> None:
    """A store in which each of them has done something."""
    till = Till()
    factories.open_shop()
    campaign = open_campaign()
    factories.Shopper(till).puts("TEE-M").checks_out().pays(email="zqbuyer@example.org").comes_back()
    sign_appeal(SLUG, email="zqsigner@example.org", address=HERE)
    ask_for_news(email="zqreader@example.org", address=HERE)
    send_to_friend(SLUG, email="zqfriend@example.org", note="from zqnote", address=HERE)
    write_to_us(email="zqwriter@example.org", message="zqwriter", address=HERE, services=till.services)
    with transaction():
        name_source(code="flyer", label="Flyers")
    till.catches_up()
    kept.forget()
    assert campaign == 1


def _public(app: Flask) -> list[str]:
    """One address of every public route that is read, those with names filled in by what there is."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(LEFT_OUT):
            slug = (
                SLUG if "campaign" in rule.rule or "/s/" in rule.rule else "tee" if "shop" in rule.rule else "polaris"
            )
            values = {name: KNOWN.get(name, slug if "slug" in name else "1") for name in rule.arguments}
            found.append(app.url_map.bind("shop.test").build(rule.endpoint, values, method="GET"))
    return found


def _told(client: SeparateClient, path: str) -> str:
    answer = client.get(path, follow_redirects=False)
    body = answer.get_data()
    answer.close()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return body.decode("utf-8", "replace") + str(answer.headers)


def test_no_public_answer_holds_a_personal_datum(app: Flask, client: SeparateClient, lived: None) -> None:
    addresses = [*_public(app), *(f"/es{one}" for one in ("/", "/giving", f"/campaigns/{SLUG}"))]
    sitemap = _told(client, "/sitemap.xml")
    addresses += [one.removeprefix("http://shop.test") for one in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    assert len(addresses) > 40
    for path in dict.fromkeys(addresses):
        told = _told(client, path).lower()
        assert [word for word in (*PEOPLE, NETWORK) if word in told] == [], path


def test_a_leak_would_be_seen(app: Flask, client: SeparateClient, lived: None) -> None:
    """The control: the back office does show who signed from where, and this is how it would look."""
    from tests.admin.desk import Desk

    assert NETWORK in Desk(app).get("/admin/appeals/1").get_data(as_text=True)
    assert "zqbuyer" in Desk(app, name="Eve").get("/admin/letters").get_data(as_text=True)
