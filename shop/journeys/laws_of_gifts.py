"""The laws of gifts, by the same numbers: what was given is held for its funds, and nothing else is called a gift."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law
from shop.journeys.laws_of_money import GIFT_TAKEN, TAKEN

_GIVEN_BACK = """(
            SELECT order_id, SUM(gift_minor) AS gift, SUM(fee_cover_minor) AS cover
            FROM refunds GROUP BY order_id)"""
_POSTED = """(
            SELECT e.order_id, -SUM(p.amount_minor) AS owed
            FROM postings p JOIN journal_entries e ON e.position = p.entry_position
            WHERE p.account = '{account}' GROUP BY e.order_id)"""

GIFTS: Mapping[str, Law] = {
    "I7a gifts captured, less those given back or contested = held for the funds": Law(
        "gifts",
        f"""SELECT 'order ' || o.number FROM orders o
        LEFT JOIN {_GIVEN_BACK} r ON r.order_id = o.id
        LEFT JOIN {TAKEN} d ON d.order_id = o.id
        LEFT JOIN {_POSTED.format(account="donations_payable")} b ON b.order_id = o.id
        WHERE CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.gift_minor - COALESCE(r.gift, 0) - {GIFT_TAKEN} END
            <> COALESCE(b.owed, 0)""",
    ),
    "I7j whoever's gift is kept has one receipt for it, and nobody else has": Law(
        "receipts",
        f"""SELECT 'order ' || o.number FROM orders o
        LEFT JOIN (SELECT order_id, COUNT(*) AS held FROM receipts WHERE state = 'issued' GROUP BY order_id) h
            ON h.order_id = o.id
        LEFT JOIN (SELECT order_id, SUM(withdrawn_minor) AS taken FROM disputes WHERE status = 'lost'
                   GROUP BY order_id) d ON d.order_id = o.id
        WHERE COALESCE(h.held, 0) <>
            CASE WHEN o.paid_at IS NOT NULL AND o.gift_minor - o.returned_gift_minor > {GIFT_TAKEN}
                 THEN 1 ELSE 0 END""",
    ),
    "I7k receipts are numbered without a gap": Law(
        "receipts",
        """SELECT 'series ' || c.series || ' of ' || c.year FROM receipt_counters c
        LEFT JOIN (SELECT series, year, COUNT(*) AS all_of_them, MAX(number) AS highest FROM receipts
                   GROUP BY series, year) r ON r.series = c.series AND r.year = c.year
        WHERE c.last <> COALESCE(r.all_of_them, 0) OR c.last <> COALESCE(r.highest, 0)""",
    ),
    "I7h a fund holds what was given to it, and never more": Law(
        "gifts",
        f"""SELECT 'fund ' || f.slug || ', order ' || o.number
        FROM gifts g JOIN funds f ON f.id = g.fund_id JOIN orders o ON o.id = g.order_id AND o.paid_at IS NOT NULL
        LEFT JOIN {_GIVEN_BACK} r ON r.order_id = o.id
        LEFT JOIN {TAKEN} d ON d.order_id = o.id
        LEFT JOIN (
            SELECT e.order_id, p.party, -SUM(p.amount_minor) AS owed
            FROM postings p JOIN journal_entries e ON e.position = p.entry_position
            WHERE p.account = 'donations_payable' GROUP BY e.order_id, p.party) b
            ON b.order_id = o.id AND b.party = f.slug
        WHERE COALESCE(b.owed, 0) < 0 OR COALESCE(b.owed, 0) > g.amount_minor
            OR (COALESCE(r.gift, 0) + COALESCE(d.taken, 0) = 0 AND COALESCE(b.owed, 0) <> g.amount_minor)""",
    ),
    "I7i what covers card fees is no gift and stands by itself": Law(
        "orders",
        f"""SELECT 'order ' || o.number FROM orders o
        LEFT JOIN {_GIVEN_BACK} r ON r.order_id = o.id
        LEFT JOIN {_POSTED.format(account="fee_contributions")} b ON b.order_id = o.id
        WHERE CASE WHEN o.paid_at IS NULL THEN 0 ELSE o.fee_cover_minor - COALESCE(r.cover, 0) END
            <> COALESCE(b.owed, 0)""",
    ),
}
