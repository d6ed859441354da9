"""Calling off, sending back, withdrawing."""

from msgspec import Struct

from shop.web.view_models.parts import FieldError, Link, Notice, Page


class CancelPage(Page, frozen=True, kw_only=True):
    """The look before an order is called off; `gift` is what was given with it, empty for nothing."""

    number: str
    amount: str
    gift: str
    form_url: str
    order_url: str
    notices: tuple[Notice, ...] = ()


class ReturnLine(Struct, frozen=True, kw_only=True):
    """A line that can be sent back; `units` and `reason` are as typed."""

    id: int
    name: str
    most: int
    units: str
    reason: str


class ReturnPage(Page, frozen=True, kw_only=True):
    """The form for sending back; `reasons` are (value, words)."""

    number: str
    lines: tuple[ReturnLine, ...]
    reasons: tuple[tuple[str, str], ...]
    words: str
    form_url: str
    order_url: str
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()


class WithdrawPage(Page, frozen=True, kw_only=True):
    """The withdrawal function. `step` is state, confirm or received; `moment` is when it was received, in words."""

    step: str
    form_url: str
    confirm_url: str
    name: str = ""
    number: str = ""
    email: str = ""
    what: str = ""
    words: str = ""
    token: str = ""
    moment: str = ""
    gift: str = ""
    gift_back: bool = False
    order: Link | None = None
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
