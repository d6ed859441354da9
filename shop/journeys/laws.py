"""The invariants as SQL that both engines read: what is counted, and the rows that break the law.

Numbers are those of the store's quality plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Law:
    """`of` is the table whose rows are counted; `broken` selects one text for each row that breaks the law."""

    of: str
    broken: str


_HELD_UNITS = """
    SELECT 'variant ' || l.variant_id || ': {column} ' || l.{column} || ', reservations ' || COALESCE(r.units, 0)
    FROM stock_levels l
    LEFT JOIN (SELECT variant_id, SUM(quantity) AS units FROM stock_reservations WHERE state = '{state}'
               GROUP BY variant_id) r ON r.variant_id = l.variant_id
    WHERE l.{column} <> COALESCE(r.units, 0)"""

STOCK: Mapping[str, Law] = {
    "I1 on hand = available + held + committed + unavailable, none below zero": Law(
        "stock_levels",
        "SELECT 'variant ' || variant_id FROM stock_levels WHERE held < 0 OR committed < 0 OR unavailable < 0"
        " OR on_hand - held - committed - unavailable < 0",
    ),
    "I2 a level is the sum of its movements": Law(
        "stock_levels",
        """SELECT 'variant ' || l.variant_id || ': level ' || l.on_hand || ', movements ' || COALESCE(m.units, 0)
        FROM stock_levels l
        LEFT JOIN (SELECT variant_id, SUM(on_hand_change) AS units, SUM(unavailable_change) AS kept_back
                   FROM stock_movements GROUP BY variant_id) m ON m.variant_id = l.variant_id
        WHERE l.on_hand <> COALESCE(m.units, 0) OR l.unavailable <> COALESCE(m.kept_back, 0)""",
    ),
    "I3a what is held = the holds": Law("stock_levels", _HELD_UNITS.format(column="held", state="held")),
    "I3b what is committed = paid and not yet sent": Law(
        "stock_levels", _HELD_UNITS.format(column="committed", state="committed")
    ),
    "I3c reservations follow their order": Law(
        "stock_reservations",
        """SELECT 'order ' || o.number || ' is ' || o.state || ', its units are ' || r.state
        FROM stock_reservations r JOIN orders o ON o.id = r.order_id
        LEFT JOIN (SELECT order_id, variant_id, SUM(quantity - returned_quantity) AS units FROM order_lines
                   GROUP BY order_id, variant_id) l ON l.order_id = r.order_id AND l.variant_id = r.variant_id
        WHERE r.state <> CASE o.state WHEN 'awaiting_payment' THEN 'held' WHEN 'paid' THEN 'committed'
                                      WHEN 'fulfilled' THEN 'shipped' ELSE 'released' END
            AND NOT (r.state = 'released' AND o.state IN ('paid', 'fulfilled') AND l.units = 0)""",
    ),
    "I3d committed units = bought and not given back": Law(
        "stock_reservations",
        """SELECT 'order ' || o.number || ', variant ' || r.variant_id FROM stock_reservations r
        JOIN orders o ON o.id = r.order_id AND o.state = 'paid'
        LEFT JOIN (SELECT order_id, variant_id, SUM(quantity - returned_quantity) AS units FROM order_lines
                   GROUP BY order_id, variant_id) l ON l.order_id = r.order_id AND l.variant_id = r.variant_id
        WHERE r.state = 'committed' AND r.quantity <> l.units""",
    ),
    "I4 no more units went out than came in": Law(
        "stock_movements",
        "SELECT 'variant ' || variant_id FROM stock_movements GROUP BY variant_id HAVING SUM(on_hand_change) < 0",
    ),
}

ORDERS: Mapping[str, Law] = {
    "I5a an accepted order has one payment of its total": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN payments p ON p.order_id = o.id
        WHERE o.paid_at IS NOT NULL
        GROUP BY o.number, o.total_minor, o.currency
        HAVING COUNT(p.id) <> 1 OR MIN(p.amount_minor) <> o.total_minor OR MIN(p.currency) <> o.currency""",
    ),
    "I5b goods are the sum of the lines": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
        GROUP BY o.number, o.goods_minor HAVING o.goods_minor <> COALESCE(SUM(l.total_minor), 0)""",
    ),
    "I5c the gift is the one on record": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN gifts g ON g.order_id = o.id
        GROUP BY o.number, o.gift_minor HAVING o.gift_minor <> COALESCE(SUM(g.amount_minor), 0)""",
    ),
    "I5d what was taken off is the sum over the lines": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
        GROUP BY o.number, o.discount_minor HAVING o.discount_minor <> COALESCE(SUM(l.discount_minor), 0)""",
    ),
    "I5e what was taken off is what its discounts say": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o
        LEFT JOIN (SELECT u.order_id, SUM(u.amount_minor) AS taken FROM discount_uses u
                   JOIN discounts d ON d.id = u.discount_id AND d.kind <> 'free_delivery' GROUP BY u.order_id) k
            ON k.order_id = o.id
        WHERE o.discount_minor <> COALESCE(k.taken, 0)""",
    ),
    "I8 no payment is counted twice": Law(
        "payments", "SELECT intent_id FROM payments GROUP BY intent_id HAVING COUNT(*) > 1"
    ),
    "I9a no hold outlives its payment page": Law(
        "stock_reservations",
        """SELECT 'order ' || o.number FROM stock_reservations r JOIN orders o ON o.id = r.order_id
        LEFT JOIN checkout_sessions s ON s.order_id = o.id
        WHERE r.state = 'held' AND r.expires_at < :overdue AND COALESCE(s.state, '') <> 'complete'""",
    ),
    "I9b no order waits for a payment that cannot come": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN checkout_sessions s ON s.order_id = o.id
        WHERE o.state = 'awaiting_payment' AND o.pay_by < :overdue AND COALESCE(s.state, '') <> 'complete'""",
    ),
    "I10a no job is past its lease": Law(
        "outbox_jobs",
        "SELECT kind || ' ' || key FROM outbox_jobs WHERE state = 'waiting' AND leased_until < :overdue",
    ),
    "I10b one letter of a kind for each cause": Law(
        "letters", "SELECT kind || ' ' || key FROM letters GROUP BY kind, key HAVING COUNT(*) > 1"
    ),
    "I11 whoever paid is written to": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o
        LEFT JOIN outbox_jobs j ON j.kind = 'letter' AND j.key = 'confirmation:' || o.id
        WHERE o.paid_at IS NOT NULL AND j.id IS NULL""",
    ),
    "I12 order numbers are unique": Law("orders", "SELECT number FROM orders GROUP BY number HAVING COUNT(*) > 1"),
    "I15a no discount and no code is used beyond its limit": Law(
        "discounts",
        """SELECT 'discount ' || id FROM discounts WHERE uses > most_uses OR uses < 0
        UNION ALL SELECT 'code ' || code FROM discount_codes WHERE uses > most_uses OR uses < 0""",
    ),
    "I15b what a discount and a code count = their spent uses": Law(
        "discounts",
        """SELECT 'discount ' || d.id || ' counts ' || d.uses || ', orders ' || COALESCE(k.spent, 0) FROM discounts d
        LEFT JOIN (SELECT discount_id, COUNT(*) AS spent FROM discount_uses WHERE state = 'spent'
                   GROUP BY discount_id) k ON k.discount_id = d.id
        WHERE d.uses <> COALESCE(k.spent, 0)
        UNION ALL SELECT 'code ' || c.code || ' counts ' || c.uses || ', orders ' || COALESCE(k.spent, 0)
        FROM discount_codes c
        LEFT JOIN (SELECT code_id, COUNT(*) AS spent FROM discount_uses WHERE state = 'spent' GROUP BY code_id) k
            ON k.code_id = c.id
        WHERE c.uses <> COALESCE(k.spent, 0)""",
    ),
    "I15c a use is given back when its order lapses unpaid, and only then": Law(
        "discount_uses",
        """SELECT 'order ' || o.number FROM discount_uses u JOIN orders o ON o.id = u.order_id
        WHERE u.state <> CASE WHEN o.state = 'cancelled' AND o.paid_at IS NULL THEN 'returned' ELSE 'spent' END""",
    ),
    "I16 the price on the shelf is the lowest there is": Law(
        "products",
        """SELECT p.slug FROM products p JOIN variants v ON v.product_id = p.id AND v.active
        GROUP BY p.slug, p.price_from_minor HAVING MIN(v.price_minor) <> p.price_from_minor""",
    ),
}

MONEY: Mapping[str, Law] = {
    "I6a every journal entry sums to zero": Law(
        "journal_entries",
        """SELECT 'entry ' || entry_position FROM postings GROUP BY entry_position, currency
        HAVING SUM(amount_minor) <> 0""",
    ),
    "I7b pledges of accepted sales = owed to the partners": Law(
        "partners",
        """SELECT 'partner ' || a.slug FROM partners a
        LEFT JOIN (
            SELECT l.partner_slug, SUM(l.pledge_minor - COALESCE(r.pledge, 0)) AS promised
            FROM order_lines l JOIN orders o ON o.id = l.order_id AND o.paid_at IS NOT NULL
            LEFT JOIN (SELECT order_line_id, SUM(pledge_minor) AS pledge FROM refund_lines GROUP BY order_line_id) r
                ON r.order_line_id = l.id
            GROUP BY l.partner_slug) k ON k.partner_slug = a.slug
        LEFT JOIN (
            SELECT p.party, -SUM(p.amount_minor) AS owed
            FROM postings p JOIN journal_entries e ON e.position = p.entry_position AND e.order_id IS NOT NULL
            WHERE p.account = 'pledge_payable' GROUP BY p.party) b ON b.party = a.slug
        WHERE COALESCE(k.promised, 0) <> COALESCE(b.owed, 0)""",
    ),
    "I7c Stripe's clearing account = payments less fees less refunds": Law(
        "payments",
        """SELECT 'order ' || o.number FROM payments p JOIN orders o ON o.id = p.order_id
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS given FROM refunds WHERE state IN ('pending', 'made')
                   GROUP BY order_id) r ON r.order_id = p.order_id
        LEFT JOIN (
            SELECT e.order_id, SUM(t.amount_minor) AS posted
            FROM postings t JOIN journal_entries e ON e.position = t.entry_position
            WHERE t.account = 'processor_clearing' GROUP BY e.order_id) b ON b.order_id = p.order_id
        WHERE p.amount_minor - COALESCE(p.fee_minor, 0) - COALESCE(r.given, 0) <> COALESCE(b.posted, 0)""",
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
