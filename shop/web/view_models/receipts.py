"""A receipt as its page and its paper show it."""

from shop.web.view_models.parts import Page, Sum


class ReceiptPage(Page, frozen=True, kw_only=True):
    """`sums` split what was paid; `funds` the gift; `void` says why it no longer holds, empty while it does."""

    number: str
    issued: str
    paid_on: str
    operator: str
    registration: str
    giver: str
    order_number: str
    sums: tuple[Sum, ...]
    funds: tuple[Sum, ...]
    statements: tuple[str, ...]
    before: tuple[str, ...]
    order_url: str
    pdf_url: str
    brand_name: str
    demo_notice: str = ""
    void: str = ""
