"""The invariants of money: the books against orders, gifts, pledges, payments, refunds and disputes."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

# What of an order was not given back, its gift apart; and what of the gift a bank took in a dispute: gifts go last.
REST = """(o.total_minor - o.gift_minor - o.returned_goods_minor + o.returned_discount_minor
            - o.returned_delivery_minor - o.returned_tax_minor - o.returned_fee_cover_minor)"""
TAKEN = "(SELECT order_id, SUM(withdrawn_minor) AS taken FROM disputes GROUP BY order_id)"
GIFT_TAKEN = f"""CASE WHEN COALESCE(d.taken, 0) <= {REST} THEN 0
                WHEN d.taken - {REST} < o.gift_minor - o.returned_gift_minor THEN d.taken - {REST}
                ELSE o.gift_minor - o.returned_gift_minor END"""


MONEY: Mapping[str, Law] = {
    "I6a every journal entry sums to zero": Law(
        "journal_entries",
        """SELECT 'entry ' || entry_position FROM postings GROUP BY entry_position, currency
        HAVING SUM(amount_minor) <> 0""",
    ),
    "I6c the books know which entries are of tests": Law(
        "test_entries",
        """SELECT 'entry ' || e.position FROM journal_entries e JOIN orders o ON o.id = e.order_id
        LEFT JOIN test_entries t ON t.position = e.position
        WHERE (o.live AND t.position IS NOT NULL) OR (NOT o.live AND t.position IS NULL)""",
    ),
    "I6d entries of real money balance by themselves": Law(
        "journal_entries",
        """SELECT currency FROM postings WHERE entry_position NOT IN (SELECT position FROM test_entries)
        GROUP BY currency HAVING SUM(amount_minor) <> 0""",
    ),
    "I7b pledges of accepted sales that stand = owed to the partners": Law(
        "partners",
        f"""SELECT 'partner ' || a.slug FROM partners a
        LEFT JOIN (
            SELECT l.partner_slug, SUM(l.pledge_minor - COALESCE(r.pledge, 0)) AS promised
            FROM order_lines l JOIN orders o ON o.id = l.order_id AND o.paid_at IS NOT NULL
            LEFT JOIN (SELECT order_line_id, SUM(pledge_minor) AS pledge FROM refund_lines GROUP BY order_line_id) r
                ON r.order_line_id = l.id
            LEFT JOIN {TAKEN} d ON d.order_id = o.id
            WHERE COALESCE(d.taken, 0) = 0 OR d.taken < {REST}
            GROUP BY l.partner_slug) k ON k.partner_slug = a.slug
        LEFT JOIN (
            SELECT p.party, -SUM(p.amount_minor) AS owed
            FROM postings p JOIN journal_entries e ON e.position = p.entry_position AND e.order_id IS NOT NULL
            WHERE p.account = 'pledge_payable' GROUP BY p.party) b ON b.party = a.slug
        WHERE COALESCE(k.promised, 0) <> COALESCE(b.owed, 0)""",
    ),
    "I7c Stripe's clearing account = payments less fees, refunds and disputes": Law(
        "payments",
        """SELECT 'order ' || o.number FROM payments p JOIN orders o ON o.id = p.order_id
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS given FROM refunds WHERE state IN ('pending', 'made')
                   GROUP BY order_id) r ON r.order_id = p.order_id
        LEFT JOIN (SELECT order_id, SUM(withdrawn_minor + fee_minor) AS taken FROM disputes GROUP BY order_id) d
            ON d.order_id = p.order_id
        LEFT JOIN (
            SELECT e.order_id, SUM(t.amount_minor) AS posted
            FROM postings t JOIN journal_entries e ON e.position = t.entry_position
            WHERE t.account = 'processor_clearing' GROUP BY e.order_id) b ON b.order_id = p.order_id
        WHERE p.amount_minor - COALESCE(p.fee_minor, 0) - COALESCE(r.given, 0) - COALESCE(d.taken, 0)
            <> COALESCE(b.posted, 0)""",
    ),
    "I7d what a pledge counts = what its live orders promise": Law(
        "pledges",
        """SELECT 'pledge ' || p.id || ' counts ' || p.pledged_minor || ', orders promise ' || COALESCE(k.promised, 0)
        FROM pledges p
        LEFT JOIN (
            SELECT l.pledge_id, SUM(l.pledge_minor - COALESCE(r.pledge, 0)) AS promised
            FROM order_lines l JOIN orders o ON o.id = l.order_id
            LEFT JOIN (SELECT order_line_id, SUM(pledge_minor) AS pledge FROM refund_lines GROUP BY order_line_id) r
                ON r.order_line_id = l.id
            WHERE o.state <> 'cancelled'
            GROUP BY l.pledge_id) k ON k.pledge_id = p.id
        WHERE p.pledged_minor <> COALESCE(k.promised, 0)""",
    ),
    "I7e no more was given back than was paid": Law(
        "refunds",
        """SELECT 'order ' || r.order_id FROM refunds r JOIN payments p ON p.order_id = r.order_id
        GROUP BY r.order_id, p.amount_minor HAVING SUM(r.amount_minor) > p.amount_minor""",
    ),
    "I7f what an order counts as given back = its refunds": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o
        LEFT JOIN (
            SELECT order_id, SUM(goods_minor) AS goods, SUM(discount_minor) AS discount, SUM(tax_minor) AS tax,
                   SUM(delivery_minor) AS delivery, SUM(gift_minor) AS gift, SUM(fee_cover_minor) AS fee_cover
            FROM refunds GROUP BY order_id) r ON r.order_id = o.id
        WHERE o.returned_goods_minor <> COALESCE(r.goods, 0) OR o.returned_discount_minor <> COALESCE(r.discount, 0)
            OR o.returned_delivery_minor <> COALESCE(r.delivery, 0) OR o.returned_tax_minor <> COALESCE(r.tax, 0)
            OR o.returned_gift_minor <> COALESCE(r.gift, 0)
            OR o.returned_fee_cover_minor <> COALESCE(r.fee_cover, 0)""",
    ),
    "I7g units counted as given back = those of the refunds": Law(
        "order_lines",
        """SELECT 'line ' || l.id FROM order_lines l
        LEFT JOIN (SELECT order_line_id, SUM(quantity) AS units FROM refund_lines GROUP BY order_line_id) r
            ON r.order_line_id = l.id
        WHERE l.returned_quantity <> COALESCE(r.units, 0)""",
    ),
}
