"""Customers: found by their address; shown, handed out and erased at their wish."""

from __future__ import annotations

import json

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import page_number, search_words
from shop.admin.reads import customers as read
from shop.admin.routes import Answer, asks, see_other, shows
from shop.core.database import end_read
from shop.journeys import own_data
from shop.staff.rules.permissions import Permission

SEE = Permission.SEE_CUSTOMERS


@shows("/customers", needs=SEE)
def customer_list() -> Answer:
    """Whoever was here last first; searched by any part of the address."""
    search, number = search_words(), page_number()
    found = read.customers(words=search, page=number)
    more = len(found) == read.PAGE
    return page("admin/customers/list.html", customers=found, search=search, number=number, more=more)


@shows("/customers/<code:ref>", needs=SEE)
def one_customer(ref: str) -> Answer:
    """Orders, gifts, and everything else that is kept of one address; looking at it is in the audit log."""
    email = read.address_behind(ref)
    known = own_data.known_of(email)
    return page("admin/customers/customer.html", ref=ref, email=email, bought=read.bought_by(email), known=known)


@shows("/customers/<code:ref>/data.json", needs=Permission.EXPORT_CUSTOMERS)
def customer_data(ref: str) -> Answer:
    """All of it as a file, for its owner."""
    whole = own_data.whole_of(read.address_behind(ref))
    answer = Response(json.dumps(whole, indent=2, default=str, ensure_ascii=False), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="what-we-keep.json"'
    return answer


@asks("/customers/<code:ref>/erase", needs=Permission.ERASE_CUSTOMERS)
def erase_customer(ref: str) -> Answer:
    """What goes and what stays, then the button. Orders stay, as the law of books asks."""
    email = read.address_behind(ref)
    known, bought = own_data.known_of(email), read.bought_by(email)
    end_read()
    if not pressed_here():
        return page("admin/customers/erase.html", ref=ref, email=email, known=known, orders=len(bought.orders))
    gone = own_data.erase(email, actor=current().name)
    flash(f"Erased: {', '.join(f'{count} {name}' for name, count in gone.items() if count) or 'nothing'}.", "success")
    return see_other(url_for("admin.customer_list"))


def pressed_here() -> bool:
    """Whether this is the press; a page that is only looked at says nothing of a press."""
    return request.method == "POST" and pressed()
