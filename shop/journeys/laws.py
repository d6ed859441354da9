"""The invariants as SQL that both engines read: what is counted, and the rows that break the law.

Numbers are those of the store's quality plan.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Law(Struct, frozen=True):
    """`of` is the table whose rows are counted; `broken` selects one text for each row that breaks the law."""

    of: str
    broken: str


_CLAIMS = "UNION ALL SELECT variant_id, 1 FROM restock_requests WHERE state = 'told'"
_HELD_UNITS = """
    SELECT 'variant ' || l.variant_id || ': {column} ' || l.{column} || ', kept for somebody ' || COALESCE(r.units, 0)
    FROM stock_levels l
    LEFT JOIN (SELECT variant_id, SUM(quantity) AS units FROM (
                   SELECT variant_id, quantity - awaited AS quantity FROM stock_reservations
                   WHERE state = '{state}' {more}) AS kept
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
    "I3a what is held = the holds and the claims": Law(
        "stock_levels", _HELD_UNITS.format(column="held", state="held", more=_CLAIMS)
    ),
    "I3b what is committed = paid and not yet sent": Law(
        "stock_levels", _HELD_UNITS.format(column="committed", state="committed", more="")
    ),
    "I3c reservations follow their order": Law(
        "stock_reservations",
        """SELECT 'order ' || o.number || ' is ' || o.state || ', its units are ' || r.state
        FROM stock_reservations r JOIN orders o ON o.id = r.order_id
        LEFT JOIN (SELECT order_id, variant_id, SUM(quantity - returned_quantity - sent_quantity) AS units,
                   SUM(sent_quantity) AS sent, SUM(returned_quantity) AS freed
                   FROM order_lines GROUP BY order_id, variant_id) l
            ON l.order_id = r.order_id AND l.variant_id = r.variant_id
        WHERE r.state <> CASE o.state WHEN 'awaiting_payment' THEN 'held' WHEN 'paid' THEN 'committed'
                                      WHEN 'fulfilled' THEN 'shipped' ELSE 'released' END
            AND NOT (r.state = 'released' AND o.state IN ('paid', 'fulfilled') AND COALESCE(l.units, 0) <= 0
                     AND (COALESCE(l.sent, 0) = 0 OR l.freed > 0))
            AND NOT (r.state = 'shipped' AND o.state = 'paid' AND l.units <= 0 AND l.sent > 0)""",
    ),
    "I3d committed units = bought and not given back": Law(
        "stock_reservations",
        """SELECT 'order ' || o.number || ', variant ' || r.variant_id FROM stock_reservations r
        JOIN orders o ON o.id = r.order_id AND o.state = 'paid'
        LEFT JOIN (SELECT order_id, variant_id, SUM(quantity - returned_quantity - sent_quantity) AS units
                   FROM order_lines GROUP BY order_id, variant_id) l
            ON l.order_id = r.order_id AND l.variant_id = r.variant_id
        WHERE r.state = 'committed' AND r.quantity <> l.units""",
    ),
    "I3e a taken claim is one of its order's units": Law(
        "restock_requests",
        """SELECT 'request ' || q.id FROM restock_requests q
        LEFT JOIN stock_reservations r ON r.order_id = q.order_id AND r.variant_id = q.variant_id
        WHERE q.state = 'taken' AND r.id IS NULL""",
    ),
    "I3h only what is sold and not sent is waited for": Law(
        "stock_reservations",
        "SELECT 'order ' || order_id FROM stock_reservations WHERE awaited > preordered AND state <> 'committed'"
        " UNION ALL SELECT 'order ' || order_id FROM stock_reservations"
        " WHERE awaited > 0 AND state IN ('shipped', 'released')",
    ),
    "I3f units in parcels = packed and sent of their lines": Law(
        "order_lines",
        """SELECT 'line ' || l.id FROM order_lines l
        LEFT JOIN (SELECT i.order_line_id, SUM(i.quantity) AS packed,
                   SUM(CASE p.state WHEN 'sent' THEN i.quantity ELSE 0 END) AS sent
                   FROM parcel_lines i JOIN parcels p ON p.id = i.parcel_id AND p.state <> 'opened'
                   GROUP BY i.order_line_id) k ON k.order_line_id = l.id
        WHERE l.packed_quantity <> COALESCE(k.packed, 0) OR l.sent_quantity <> COALESCE(k.sent, 0)""",
    ),
    "I3g an order is sent when nothing of it is left to send": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o
        JOIN (SELECT order_id, SUM(quantity - returned_quantity - sent_quantity) AS waits,
              SUM(sent_quantity) AS sent FROM order_lines GROUP BY order_id) l ON l.order_id = o.id
        WHERE (o.state = 'paid' AND l.waits <= 0 AND l.sent > 0) OR (o.state = 'fulfilled' AND l.waits > 0)""",
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
    "I5b goods are the sum of the lines, or the difference that is paid": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
        LEFT JOIN order_differences d ON d.order_id = o.id
        GROUP BY o.number, o.goods_minor, d.goods_minor
        HAVING o.goods_minor <> COALESCE(SUM(l.total_minor), 0) + COALESCE(d.goods_minor, 0)""",
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
    "I9c no claim outlives its time": Law(
        "restock_requests", "SELECT 'request ' || id FROM restock_requests WHERE state = 'told' AND ends_at < :overdue"
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
