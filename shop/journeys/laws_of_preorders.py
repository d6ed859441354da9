"""The laws of pre-orders: no more are promised than the cap allows, and each promise is somebody's, with its day."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

PREORDERS: Mapping[str, Law] = {
    "I3i no more is pre-ordered than its cap": Law(
        "stock_levels",
        "SELECT 'variant ' || variant_id FROM stock_levels WHERE preordered < 0 OR preordered > preorder_cap",
    ),
    "I3j what is pre-ordered = the places of live orders": Law(
        "stock_levels",
        """SELECT 'variant ' || l.variant_id || ': pre-ordered ' || l.preordered || ', orders ' || COALESCE(r.units, 0)
        FROM stock_levels l
        LEFT JOIN (SELECT variant_id, SUM(preordered) AS units FROM stock_reservations
                   WHERE state IN ('held', 'committed') GROUP BY variant_id) r ON r.variant_id = l.variant_id
        WHERE l.preordered <> COALESCE(r.units, 0)""",
    ),
    "I3k pre-ordered units are waited for, and an unpaid order waits for no others": Law(
        "stock_reservations",
        """SELECT 'order ' || order_id FROM stock_reservations
        WHERE preordered < 0 OR preordered > awaited OR (state = 'held' AND preordered <> awaited)""",
    ),
    "I3l whoever pre-ordered was promised a day": Law(
        "stock_reservations",
        """SELECT 'order ' || r.order_id FROM stock_reservations r
        LEFT JOIN order_lines l
            ON l.order_id = r.order_id AND l.variant_id = r.variant_id AND l.ships_by IS NOT NULL
        WHERE r.preordered > 0 AND l.id IS NULL""",
    ),
}
