"""Everything that can be set, on one page, each with a sentence; search finds settings by these words too."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from msgspec import Struct

from shop.admin.access import allowed
from shop.admin.answers import page
from shop.admin.navigation import MENU
from shop.admin.routes import Answer, shows
from shop.staff.rules.permissions import Permission

# By endpoint of the menu: what is set there, in the words that somebody may look for.
ABOUT: Mapping[str, str] = {
    "first_steps": "What a store needs before it sells, up to a purchase to try it out; the setup wizard.",
    "store_settings": "Brand name, words, who runs it, registration, contact address, currency.",
    "store_look": "Accent colours checked for contrast, and the face of headings; theme and fonts.",
    "store_languages": "Languages on offer, the default locale, how each writes figures, what lacks translation.",
    "menu_list": "Links of header and footer, and the announcement bar above every page.",
    "page_list": "About, delivery and returns, privacy, accessibility, help, and pages of your own.",
    "letter_words_list": "Words of your own in the mails to buyers and givers, with preview and test send.",
    "rate_list": "Delivery zones, shipping rates, pick-up, taxes and VAT, prices with or without tax.",
    "discount_list": "Codes and automatic offers, their limits and times.",
    "giving_setup": "Gifts and donations: funds and their lawful routes, amounts offered, card fee, monthly gifts.",
    "stripe_account": "Payments: the account at Stripe, payouts and fees, test mode.",
    "helpline_list": "Helplines by country and when each was checked last.",
    "retention": "How long orders, letters and sign-ins are kept until personal data goes; retention, privacy, GDPR.",
    "stock_alerts": "When stock counts as low, and who is told.",
    "staff_list": "People, roles, invitations.",
    "own_sign_ins": "Your password, passkeys, authenticator app, devices, keyboard keys.",
    "source_list": "Codes that tell where links lead from.",
}


# How they stand together, each group in the order in which somebody sets a store up.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "The store": ("first_steps", "store_settings", "store_look", "store_languages"),
    "Selling and giving": ("rate_list", "discount_list", "giving_setup", "stripe_account", "stock_alerts"),
    "What visitors read": ("menu_list", "page_list", "letter_words_list", "helpline_list", "source_list"),
    "People and their data": ("staff_list", "own_sign_ins", "retention"),
}


class Entry(Struct, frozen=True):
    """A page with settings."""

    label: str
    url: str
    about: str


@shows("/settings/all", needs=Permission.SEE_TODAY)
def settings_index() -> Answer:
    """Those that one may see, in their groups."""
    known = {endpoint: (label, permission) for _group, listed in MENU for label, endpoint, permission in listed}
    groups = [
        (group, [_entry(endpoint, known[endpoint][0]) for endpoint in listed if allowed(known[endpoint][1])])
        for group, listed in GROUPS.items()
    ]
    return page("admin/settings_index.html", listed=[(group, entries) for group, entries in groups if entries])


def _entry(endpoint: str, label: str) -> Entry:
    return Entry(label, url_for(f"admin.{endpoint}"), ABOUT[endpoint])
