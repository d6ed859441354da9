"""Monthly gifts: one's own page, and the form that mails the way to it."""

from msgspec import Struct

from shop.web.view_models.parts import FieldError, Notice, Page, Status


class Month(Struct, frozen=True, kw_only=True):
    """A month that was paid: "November 25, 2026", "$10.00", and the gift's own page."""

    day: str
    amount: str
    number: str
    url: str
    back: bool = False


class MonthlyPage(Page, frozen=True, kw_only=True):
    """A monthly gift. Addresses are empty for what cannot be done now; `own_amount` is as typed."""

    heading: str
    words: str
    status: Status
    amount: str
    funds: str
    fee: str
    next_words: str
    months: tuple[Month, ...]
    contact: str
    currency: str
    own_amount: str
    own_hint: str
    pay_url: str = ""
    amount_url: str = ""
    card_url: str = ""
    stop_url: str = ""
    give_url: str = ""
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()


class FindMonthlyPage(Page, frozen=True, kw_only=True):
    """Ask for the way to one's monthly gift; the answer is the same for a miss."""

    find_url: str
    email: str = ""
    sent: bool = False
    errors: tuple[FieldError, ...] = ()
