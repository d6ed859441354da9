"""The invariants of tax: each line's is kept, and what was taken is owed."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

TAX: Mapping[str, Law] = {
    "I5f the tax is the sum over lines and delivery": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id
        LEFT JOIN order_differences d ON d.order_id = o.id
        GROUP BY o.number, o.tax_minor, o.tax_included_minor, o.tax_delivery_minor, d.tax_minor
        HAVING COALESCE(SUM(l.tax_minor), 0) + COALESCE(d.tax_minor, 0) + o.tax_delivery_minor
            <> o.tax_minor + o.tax_included_minor""",
    ),
    "I7t tax taken and not given back = owed to the authorities": Law(
        "orders",
        """SELECT 'order ' || o.number FROM orders o
        LEFT JOIN (SELECT e.order_id, -SUM(p.amount_minor) AS owed
                   FROM postings p JOIN journal_entries e ON e.position = p.entry_position
                   WHERE p.account = 'tax_payable' GROUP BY e.order_id) b ON b.order_id = o.id
        WHERE o.paid_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = o.id)
          AND COALESCE(b.owed, 0) <> o.tax_minor + o.tax_included_minor""",
    ),
}
