"""What a store needs before it sells, read from what there is."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from sqlalchemy import ColumnElement, exists, select

from shop.brand.models import Brand
from shop.catalogue.models import Product
from shop.core.config import STANDIN_KEY, Settings
from shop.core.database import session
from shop.delivery.models import Zone
from shop.giving.models import Fund
from shop.mail.models import Letter
from shop.orders.models import Order
from shop.payments.models import StripeEvent
from shop.stock.models import StockLevel


class Step(Struct, frozen=True):
    """One of them: what it is, why, where it is done (an endpoint of this door), and whether it is."""

    title: str
    why: str
    endpoint: str
    done: bool


# Key, title, why, and where it is done; in the order in which they make sense, a purchase at the end.
_STEPS = (
    ("brand", "Say who you are", "Name, operator and a mail address that somebody reads.", "store_settings"),
    ("zone", "Say where you send to", "Countries with a rate; nobody else can order.", "rate_list"),
    ("tee", "Put a tee on the shelf", "Colours, sizes, prices, and the words on its page.", "product_list"),
    ("stock", "Count what is there", "Only what is on hand is sold.", "stock_grid"),
    ("fund", "Name a fund for gifts", "With a purpose and a lawful route; else none are asked for.", "giving_setup"),
    ("letter", "See that letters arrive", "Send yourself one: confirmations go the same way.", "first_steps"),
    ("stripe", "Connect Stripe", "Its secret key and its webhook’s are settings of the server.", "stripe_account"),
    ("sold", "Buy something yourself", "From shelf to letter, by a test card; then give the money back.", "order_list"),
)  # fmt: skip


def first_steps(settings: Settings) -> list[Step]:
    """All of them, with whether each is done. Stripe is connected when our own key is set and we have heard from it."""
    found = _answers(
        {
            "brand": exists().where(Brand.id == 1),
            "zone": exists().where(Zone.id > 0),
            "tee": exists().where(Product.status == "published"),
            "stock": exists().where(StockLevel.on_hand > 0),
            "fund": exists().where(Fund.active),
            "letter": exists().where(Letter.kind == "test_letter", Letter.state == "sent"),
            "stripe": exists().where(StripeEvent.handled_at.is_not(None)),
            "sold": exists().where(Order.paid_at.is_not(None)),
        }
    )
    found["stripe"] = found["stripe"] and settings.stripe_secret_key != STANDIN_KEY
    return [Step(title, why, endpoint, found[key]) for key, title, why, endpoint in _STEPS]


def _answers(asked: Mapping[str, ColumnElement[bool]]) -> dict[str, bool]:
    row = session().execute(select(*(question.label(name) for name, question in asked.items()))).one()
    return {name: bool(answer) for name, answer in row._mapping.items()}
