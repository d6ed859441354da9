"""Every table of the house, imported once, so that the migrations see them all."""

from __future__ import annotations

from shop.actions import models as actions
from shop.books import models as books
from shop.brand import models as brand
from shop.campaigns import models as campaigns
from shop.catalogue import models as catalogue
from shop.comments import models as comments
from shop.consents import models as consents
from shop.core import editions, mode, outbox, rates, wordings
from shop.counting import models as counting
from shop.delivery import models as delivery
from shop.discounts import models as discounts
from shop.frame import models as frame
from shop.giving import models as giving
from shop.imports import models as imports
from shop.mail import models as mail
from shop.media import models as media
from shop.monthly import models as monthly
from shop.news import models as news
from shop.orders import models as orders
from shop.parcels import models as parcels
from shop.partners import models as partners
from shop.payments import asked
from shop.payments import models as payments
from shop.payments.models import account as payments_account
from shop.payouts import models as payouts
from shop.purchasing import models as purchasing
from shop.receipts import models as receipts
from shop.restock import models as restock
from shop.returns import models as returns
from shop.sharing import models as sharing
from shop.staff import models as staff
from shop.stock import models as stock
from shop.tax import models as tax
from shop.visits import models as visits

ALL = (
    actions,
    asked,
    books,
    brand,
    campaigns,
    catalogue,
    comments,
    consents,
    counting,
    delivery,
    discounts,
    frame,
    giving,
    imports,
    mail,
    media,
    monthly,
    news,
    orders,
    editions,
    mode,
    outbox,
    parcels,
    partners,
    payments,
    payments_account,
    payouts,
    purchasing,
    rates,
    receipts,
    restock,
    returns,
    sharing,
    staff,
    stock,
    tax,
    visits,
    wordings,
)
