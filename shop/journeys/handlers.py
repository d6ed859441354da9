"""Which journey keeps which promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shop.core.columns import Json
from shop.core.outbox import Handler
from shop.journeys.change_monthly import end_monthly
from shop.journeys.close_order import close_lost_page
from shop.journeys.import_stock import apply_stock_import, read_stock_file
from shop.journeys.index_search import index_colours
from shop.journeys.keep_news import address_issue, write_news_confirmation, write_news_letter
from shop.journeys.keep_preorders import tell_of_new_day
from shop.journeys.pay_partner import write_payout_letter
from shop.journeys.receive_event import act_on
from shop.journeys.refund_order import make_refund
from shop.journeys.services import Services
from shop.journeys.share_story import write_friend_letter
from shop.journeys.tell_of_dispute import write_dispute_alert
from shop.journeys.watch_stock import write_stock_alert, write_stock_digest
from shop.journeys.write_letters import write_order_letter, write_order_links
from shop.journeys.write_monthly_letters import write_monthly_letter, write_monthly_links
from shop.journeys.write_restock_letters import write_restock_confirmation, write_restock_offer
from shop.journeys.write_return_letters import write_return_letter
from shop.journeys.write_signature_letters import write_signature_letter
from shop.journeys.write_statement import write_statement
from shop.journeys.write_to_us import send_kept_letter

KEPT_BY: Mapping[str, Callable[[Json, Services], None]] = {
    "event": act_on,
    "letter": write_order_letter,
    "order_links": write_order_links,
    "close_page": close_lost_page,
    "dispute_alert": write_dispute_alert,
    "payout_letter": write_payout_letter,
    "refund": make_refund,
    "friend_letter": write_friend_letter,
    "kept_letter": send_kept_letter,
    "news_confirmation": write_news_confirmation,
    "news_issue": address_issue,
    "news_letter": write_news_letter,
    "restock_confirmation": write_restock_confirmation,
    "restock_offer": write_restock_offer,
    "end_monthly": end_monthly,
    "monthly_letter": write_monthly_letter,
    "monthly_links": write_monthly_links,
    "return_letter": write_return_letter,
    "signature_letter": write_signature_letter,
    "giving_statement": write_statement,
    "stock_alert": write_stock_alert,
    "stock_digest": write_stock_digest,
    "preorder_moved": tell_of_new_day,
    "index_colours": index_colours,
    "stock_import_read": read_stock_file,
    "stock_import_apply": apply_stock_import,
}


def handlers(services: Services) -> dict[str, Handler]:
    """For `outbox.drain`: each kind of promise with the journey that keeps it."""
    return {kind: _with(services, journey) for kind, journey in KEPT_BY.items()}


def _with(services: Services, journey: Callable[[Json, Services], None]) -> Handler:
    return lambda payload: journey(payload, services)
