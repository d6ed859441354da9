"""The laws of monthly gifts: a month counts once, and nobody's gift runs or ends without our knowing."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

MONTHLY: Mapping[str, Law] = {
    "I17a a paid month is a gift order with its payment, and every such order is a paid month": Law(
        "monthly_payments",
        """SELECT 'invoice ' || m.invoice_id FROM monthly_payments m JOIN orders o ON o.id = m.order_id
        LEFT JOIN payments p ON p.order_id = o.id
        WHERE o.kind <> 'gift' OR p.id IS NULL OR o.state NOT IN ('paid', 'cancelled')
        UNION ALL SELECT 'order ' || o.number FROM orders o LEFT JOIN monthly_payments m ON m.order_id = o.id
        WHERE o.cart_id LIKE 'month-%' AND m.invoice_id IS NULL""",
    ),
    "I17b no monthly gift waits for a payment that cannot come": Law(
        "monthly_gifts",
        "SELECT 'monthly gift ' || id FROM monthly_gifts WHERE state = 'awaiting_payment' AND pay_by < :overdue",
    ),
    "I17c every monthly gift is for a fund": Law(
        "monthly_gifts",
        """SELECT 'monthly gift ' || g.id FROM monthly_gifts g LEFT JOIN monthly_shares s ON s.gift_id = g.id
        WHERE s.id IS NULL""",
    ),
    "I17d whoever's monthly gift ended is written to": Law(
        "monthly_gifts",
        """SELECT 'monthly gift ' || g.id FROM monthly_gifts g
        LEFT JOIN outbox_jobs j ON j.kind = 'monthly_letter' AND j.key = 'ended:' || g.id
        WHERE g.state = 'ended' AND j.id IS NULL""",
    ),
}
