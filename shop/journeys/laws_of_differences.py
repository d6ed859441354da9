"""The invariants of dearer sizes: what was paid for was given, and what the store bears stands in the books."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

DIFFERENCES: Mapping[str, Law] = {
    "I19a a difference that was paid is a size that was swapped": Law(
        "order_differences",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN order_differences d ON d.order_id = o.id
        WHERE (o.kind = 'difference') <> (d.id IS NOT NULL)
            OR (o.kind = 'difference' AND (o.paid_at IS NOT NULL) <> (d.swapped_at IS NOT NULL))""",
    ),
    "I19b what the store bears = what the books say": Law(
        "order_differences",
        """SELECT 'order ' || o.number FROM orders o
        LEFT JOIN (SELECT d.sale_id, SUM(d.goods_minor) AS borne FROM order_differences d
                   JOIN order_lines l ON l.id = d.line_id AND l.variant_id = d.variant_id
                   WHERE d.order_id IS NULL AND d.id = (
                       SELECT MAX(x.id) FROM order_differences x
                       WHERE x.line_id = d.line_id AND x.swapped_at IS NOT NULL)
                   GROUP BY d.sale_id) k ON k.sale_id = o.id
        LEFT JOIN (SELECT e.order_id, SUM(p.amount_minor) AS posted FROM postings p
                   JOIN journal_entries e ON e.position = p.entry_position
                   WHERE p.account = 'price_differences' GROUP BY e.order_id) b ON b.order_id = o.id
        WHERE COALESCE(k.borne, 0) <> COALESCE(b.posted, 0)""",
    ),
    "I19c one buyer is asked for one size of a line at a time": Law(
        "order_differences",
        """SELECT 'line ' || d.line_id FROM order_differences d
        JOIN orders o ON o.id = d.order_id AND o.state = 'awaiting_payment'
        GROUP BY d.line_id HAVING COUNT(*) > 1""",
    ),
}
