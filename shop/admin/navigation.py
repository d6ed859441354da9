"""The menu of the back office: groups of pages, each shown to those who may see it. A new page adds one line here."""

from __future__ import annotations

from flask import request, url_for
from msgspec import Struct

from shop.admin.access import allowed
from shop.staff.rules.permissions import Permission

# Name of a group: label, endpoint, permission of each of its pages.
MENU: tuple[tuple[str, tuple[tuple[str, str, Permission], ...]], ...] = (
    ("Today", (("Today", "today", Permission.SEE_TODAY),)),
    (
        "Orders",
        (
            ("Orders", "order_list", Permission.SEE_ORDERS),
            ("Returns", "return_list", Permission.SEE_ORDERS),
            ("Letters", "letter_list", Permission.SEE_LETTERS),
            ("Customers", "customer_list", Permission.SEE_CUSTOMERS),
        ),
    ),
    (
        "Inventory",
        (
            ("Stock", "stock_grid", Permission.SEE_STOCK),
            ("Deliveries", "delivery_list", Permission.SEE_STOCK),
            ("Counts", "count_list", Permission.SEE_STOCK),
            ("Returns & write-offs", "stock_moves", Permission.CHANGE_STOCK),
            ("Labels", "label_choice", Permission.SEE_STOCK),
            ("Low stock", "stock_alerts", Permission.SEE_STOCK),
            ("Out of stock", "stock_gone", Permission.SEE_STOCK),
            ("Files in and out", "stock_files", Permission.SEE_STOCK),
            ("Changes", "stock_changes", Permission.SEE_STOCK),
        ),
    ),
    (
        "Catalogue",
        (
            ("Products", "product_list", Permission.SEE_PRODUCTS),
            ("Collections", "collection_list", Permission.SEE_PRODUCTS),
            ("Prints", "artwork_list", Permission.SEE_ARTWORKS),
            ("Photographs & logos", "media_list", Permission.KEEP_PICTURES),
            ("Design", "design", Permission.SEE_DESIGN),
        ),
    ),
    (
        "Stories",
        (
            ("Campaigns", "story_list", Permission.SEE_STORIES),
            ("Figures", "claim_list", Permission.SEE_STORIES),
            ("Films", "video_list", Permission.SEE_STORIES),
            ("Appeals", "appeal_list", Permission.SEE_TAKING_PART),
            ("Comments", "comment_queue", Permission.SEE_TAKING_PART),
            ("News by mail", "news_list", Permission.SEE_TAKING_PART),
            ("Pages", "page_list", Permission.KEEP_PAGES),
            ("Words of letters", "letter_words_list", Permission.KEEP_PAGES),
            ("Menus & announcement", "menu_list", Permission.KEEP_PAGES),
            ("Helplines", "helpline_list", Permission.SEE_TAKING_PART),
            ("Where links lead from", "source_list", Permission.KEEP_TAKING_PART),
        ),
    ),
    (
        "Partners & payouts",
        (
            ("Partners", "partner_list", Permission.SEE_STORIES),
            ("Payouts", "payout_list", Permission.SEE_PAYOUTS),
        ),
    ),
    (
        "Money",
        (
            ("Reports", "reports", Permission.SEE_REPORTS),
            ("Books", "books", Permission.SEE_MONEY),
            ("Gifts", "gift_list", Permission.SEE_GIFTS),
            ("Monthly gifts", "monthly_list", Permission.SEE_GIFTS),
            ("Giving", "giving_setup", Permission.SEE_GIFTS),
            ("Discounts", "discount_list", Permission.SEE_DISCOUNTS),
            ("Tax & delivery", "rate_list", Permission.SEE_RATES),
            ("Disputes", "dispute_list", Permission.SEE_MONEY),
            ("Stripe", "stripe_account", Permission.SEE_MONEY),
            ("Test orders", "test_orders", Permission.GIVE_MONEY_BACK),
        ),
    ),
    (
        "People & settings",
        (
            ("Your sign-ins", "own_sign_ins", Permission.KEEP_OWN_SIGN_IN),
            ("All settings", "settings_index", Permission.SEE_TODAY),
            ("First steps", "first_steps", Permission.SET_UP),
            ("The store", "store_settings", Permission.SET_UP),
            ("Colours & type", "store_look", Permission.SET_UP),
            ("Languages", "store_languages", Permission.SET_UP),
            ("Staff", "staff_list", Permission.KEEP_STAFF),
            ("How long data is kept", "retention", Permission.SET_RETENTION),
            ("Audit log", "audit_log", Permission.SEE_AUDIT),
            ("Jobs", "job_list", Permission.SEE_JOBS),
            ("Checks", "checks", Permission.RUN_CHECKS),
        ),
    ),
)


class Entry(Struct, frozen=True):
    """A page of the menu; `current` is what `aria-current` says: `page`, `true` for a page below it, or nothing."""

    label: str
    url: str
    current: str


class Group(Struct, frozen=True):
    """Pages that belong together; a group of one is a plain link."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def here(self) -> bool:
        """Whether the page that is shown belongs to it."""
        return any(entry.current for entry in self.entries)


def menu() -> tuple[Group, ...]:
    """What whoever is signed in may see, and where in it the page asked for stands."""
    seen = [
        (label, [(name, url_for(f"admin.{endpoint}")) for name, endpoint, permission in pages if allowed(permission)])
        for label, pages in MENU
    ]
    here = stands_at(request.path, [url for _, pages in seen for _, url in pages])
    return tuple(
        Group(label, tuple(Entry(name, url, _current(url, here)) for name, url in pages))
        for label, pages in seen
        if pages
    )


def stands_at(path: str, urls: list[str]) -> str | None:
    """The longest address of the menu that `path` is, or lies below; the front page has nothing below it."""
    fitting = [url for url in urls if path == url or (not url.endswith("/") and path.startswith(f"{url}/"))]
    return max(fitting, key=len, default=None)


def _current(url: str, here: str | None) -> str:
    if url != here:
        return ""
    return "page" if request.path == url else "true"
