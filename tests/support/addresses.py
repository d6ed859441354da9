"""An address for every page of the store, with what a stocked store (`tests/support/stocked.py`) has in place of names.

A new page with a parameter that nothing here fills fails the tests that ask every page: fill it, or say why not.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from shop.core.database import Base, db, end_read, session, table
from tests.support.client import SeparateClient
from tests.support.stocked import STORY, Stocked

# Pages that cannot be asked as somebody who is signed in and wants to stay so, and why.
NOT_ASKED = {
    "static": "files, not pages",
    "admin.second_step": "for those whose second factor is still to come",
    "admin.leave_half_way": "ends the visit",
    "care.leave": "ends the visit: it leads away and forgets the cookies",
    "look.stylesheet": "a file named by its content; its page is asked",
    "films.film_file": "the demo has no film of its own",
    "monthly.back": "the return from a payment page, which asks Stripe",
    "checkout.back": "the return from a payment page, which asks Stripe",
    "admin.qr_of_second_factor": "only while an app is being set up",
}
TABLES = {
    "artwork_id": "uploaded_artworks",
    "campaign_id": "campaigns",
    "claim_id": "claims",
    "collection_id": "collections",
    "letter_id": "letters",
    "page_id": "pages",
    "partner_id": "partners",
    "photograph_id": "photographs",
    "variant_id": "variants",
    "video_id": "videos",
    "change_id": "stock_changes",
    "member_id": "staff_members",
    "transaction_id": "balance_transactions",
    "payout_id": "stripe_payouts",
    "zone_id": "delivery_zones",
}
PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
FIXED = {
    "currency": "USD",
    "account": "processor_clearing",
    "code": "es",
    "shelf": "colours",
    "ink": "light",
    "kind": "svg",
}


# What a page is asked with, where it says nothing without.
ASKED = {
    "admin.slips_pdf": "?order={order_id}",
    "admin.address_labels": "?order={order_id}",
    "admin.postage_csv": "?order={order_id}",
    "admin.batch": "?order={order_id}",
    "admin.labels_pdf": "?product=1&each=2",
    "admin.search": "?q=tee",
    "shop.index": "?q=tee",
    "search.suggestions": "?q=tee",
}


def addresses(app: Flask, stocked: Stocked, visitor: SeparateClient) -> dict[str, str]:
    """A path for each endpoint that answers GET; raises KeyError, naming it, where a parameter is not known."""
    given = _Given(stocked, visitor)
    return {
        rule.endpoint: given.filled(rule.rule, rule.endpoint) + ASKED.get(rule.endpoint, "").format(**stocked.made)
        for rule in sorted(app.url_map.iter_rules(), key=str)
        if "GET" in (rule.methods or set()) and rule.endpoint not in NOT_ASKED
    }


class _Given:
    """What stands in place of a parameter; asked by endpoint and by its name."""

    def __init__(self, stocked: Stocked, visitor: SeparateClient) -> None:
        self.made, self.visitor = stocked.made, visitor

    def filled(self, rule: str, endpoint: str) -> str:
        """A rule with something in the place of each parameter."""
        return PARAMETER.sub(lambda found: self(endpoint, found[1]), rule)

    def __call__(self, endpoint: str, name: str) -> str:
        own: dict[str, Callable[[], object]] = {
            "admin.letter_words name": lambda: "order-confirmation",
            "admin.letter_words_as_mail name": lambda: "order-confirmation",
            "admin.thing_wording kind": lambda: "product",
            "admin.thing_wording subject": lambda: self._first("products"),
            "admin.one_product product_id": lambda: self._first("products"),
            "admin.preorder product_id": lambda: self._first("products"),
            "admin.swap_size order_id": lambda: self.made["swapped"],
            "admin.one_helpline key": lambda: self._first("helplines", "key"),
            "admin.print_file key": lambda: self._first("uploaded_artworks", "key"),
            "admin.invited token": lambda: self.made["invited_token"],
            "campaigns.preview token": lambda: self.made["preview_token"],
            "comments.own token": lambda: self.made["comment_token"],
            "sharing.stop token": lambda: self._first("friend_letters", "token"),
            "payouts.look_at_payout token": lambda: self._first("partner_payouts", "token"),
            "monthly.show token": lambda: self._last("monthly_gifts", "token"),
            "news.own token": lambda: self._first("news_subscriptions", "token"),
            "news.ending token": lambda: self._first("news_subscriptions", "token"),
            "restock.own token": lambda: self._first("restock_requests", "token"),
            "with_us.own token": lambda: self._first("signatures", "token"),
            "campaigns.show slug": lambda: STORY,
            "pages.show slug": lambda: self._first("pages", "slug"),
            "partners.show slug": lambda: self._first("partners", "slug"),
            "shop.collection slug": lambda: self._first("collections", "slug"),
            "size_guides.show name": lambda: self._first("size_charts", "garment"),
            "films.watch key": lambda: self._first("videos", "key"),
            "media.picture path": lambda: self._found("/", r"/media/([0-9a-z/_.-]+\.webp)"),
            "media.photograph name": lambda: self._found("/admin/media", r"/media/photographs/([0-9a-f]+-[0-9]+\.\w+)"),
        }
        if made := own.get(f"{endpoint} {name}"):
            return str(made())
        if name == "token":
            return str(self.made["order_token"])
        if name == "slug":
            campaign = "campaign" in endpoint or endpoint.startswith(("comments", "sharing.write", "with_us"))
            return STORY if campaign else str(self._first("products", "slug"))
        if name == "ref":
            return self._found("/admin/customers", r'"/admin/customers/([0-9a-z-]+)"')
        if name in self.made:
            return str(self.made[name])
        return FIXED[name] if name in FIXED else str(self._last(TABLES[name]))

    def _first(self, table: str, column: str = "id") -> object:
        return self._one(table, column, last=False)

    def _last(self, table: str, column: str = "id") -> object:
        return self._one(table, column, last=True)

    def _one(self, table: str, column: str, *, last: bool) -> object:
        columns = db.metadata.tables[table].c
        order = next(iter(db.metadata.tables[table].primary_key))
        found = session().execute(select(columns[column]).order_by(order.desc() if last else order).limit(1))
        answer: object = found.scalar_one()
        end_read()
        return answer

    def _found(self, page: str, pattern: str) -> str:
        found = re.search(pattern, self.visitor.get(page).text)
        assert found, f"{page} has no {pattern}"
        return found[1]


def every_one(model: type[Base], pattern: str) -> list[str]:
    """The pattern filled with each row of a table."""
    rows = session().execute(select(table(model)).order_by(table(model).c.id)).all()
    end_read()
    return [pattern.format(**row._mapping) for row in rows]
