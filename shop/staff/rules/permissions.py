"""Who may do what: one table, and nothing is allowed that does not stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

OWNER, MANAGER, FULFILMENT, CONTENT, FINANCE, READ_ONLY = ROLES = (
    "owner",
    "manager",
    "fulfilment",
    "content",
    "finance",
    "read_only",
)


class Permission(StrEnum):
    """One thing that somebody may be allowed to do; every admin page and button names one.

    Its words are an action and a resource: "see orders".
    """

    SEE_TODAY = "see today"
    SEE_ORDERS = "see orders"
    SEND_ORDERS = "send orders"
    SEE_SUMS = "see what orders cost"
    SEE_REPORTS = "see reports of sales and margins"
    SEE_PAYOUTS = "see payouts to partners"
    ENTER_PAYOUTS = "enter payouts to partners"
    SEE_MONEY = "see the books, disputes and Stripe's account"
    POST_ENTRIES = "post entries by hand"
    GIVE_MONEY_BACK = "give money back"
    SEE_PRODUCTS = "see products"
    CHANGE_PRODUCTS = "make and change products"
    SEE_STOCK = "see stock"
    CHANGE_STOCK = "change stock"
    SEE_DISCOUNTS = "see discounts"
    CHANGE_DISCOUNTS = "make and pause discounts"
    SEE_RATES = "see tax and delivery"
    CHANGE_RATES = "change tax and delivery"
    SEE_GIFTS = "see gifts"
    CHANGE_GIFTS = "decide on gifts"
    SEE_LETTERS = "see letters"
    SEE_JOBS = "see jobs"
    REVIVE_JOBS = "try jobs again"
    RUN_CHECKS = "run checks"
    SEE_TAKING_PART = "see taking part"
    KEEP_TAKING_PART = "look after taking part"
    SEE_ARTWORKS = "see prints"
    CHANGE_ARTWORKS = "bring and place prints"
    SEE_DESIGN = "see the design system"
    SEE_STORIES = "see stories"
    WRITE_STORIES = "write stories"
    PUBLISH_STORIES = "publish stories"
    KEEP_PARTNERS = "keep partners"
    KEEP_PAGES = "write pages and menus"
    KEEP_PICTURES = "bring photographs and logos"
    RULE_STORIES = "set the rules for stories"
    KEEP_STAFF = "keep staff and their roles"
    SEE_CUSTOMERS = "see customers"
    EXPORT_CUSTOMERS = "export what is kept of a customer"
    ERASE_CUSTOMERS = "erase what is kept of a customer"
    SET_UP = "set up the store"
    SET_RETENTION = "set how long data is kept"
    SEE_AUDIT = "see the audit log"
    EXPORT_AUDIT = "export the audit log"
    KEEP_OWN_SIGN_IN = "keep one's own sign-in"


_SEE = frozenset(
    {
        Permission.SEE_TODAY,
        Permission.SEE_PRODUCTS,
        Permission.SEE_STOCK,
        Permission.SEE_ARTWORKS,
        Permission.SEE_DESIGN,
        Permission.SEE_STORIES,
        Permission.KEEP_OWN_SIGN_IN,
    }
)
_PACK = _SEE | {Permission.SEE_ORDERS, Permission.SEND_ORDERS, Permission.CHANGE_STOCK}
_WRITE = _SEE | {
    Permission.WRITE_STORIES,
    Permission.PUBLISH_STORIES,
    Permission.CHANGE_ARTWORKS,
    Permission.KEEP_PARTNERS,
    Permission.KEEP_PAGES,
    Permission.KEEP_PICTURES,
}
_READ = _SEE | {
    Permission.SEE_ORDERS,
    Permission.SEE_SUMS,
    Permission.SEE_REPORTS,
    Permission.SEE_PAYOUTS,
    Permission.SEE_GIFTS,
    Permission.SEE_DISCOUNTS,
    Permission.SEE_RATES,
}
_COUNT = _READ | {
    Permission.ENTER_PAYOUTS,
    Permission.SEE_MONEY,
    Permission.POST_ENTRIES,
    Permission.GIVE_MONEY_BACK,
    Permission.RUN_CHECKS,
}
_OWN = frozenset(Permission)
_RUN = _OWN - {Permission.KEEP_STAFF, Permission.EXPORT_AUDIT}

GRANTS: Mapping[str, frozenset[Permission]] = MappingProxyType(
    {OWNER: _OWN, MANAGER: _RUN, FULFILMENT: _PACK, CONTENT: _WRITE, FINANCE: _COUNT, READ_ONLY: _READ}
)


# Who is asked to prove again to be there, where the last time is a while ago: a desk left open moves no money.
ASKED_AGAIN = frozenset(
    {
        Permission.GIVE_MONEY_BACK,
        Permission.ENTER_PAYOUTS,
        Permission.POST_ENTRIES,
        Permission.KEEP_STAFF,
        Permission.EXPORT_AUDIT,
        Permission.EXPORT_CUSTOMERS,
        Permission.ERASE_CUSTOMERS,
    }
)


def may(role: str, permission: Permission) -> bool:
    """Whether the table grants it; an unknown role may nothing."""
    return permission in GRANTS.get(role, frozenset())
