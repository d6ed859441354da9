"""More invariants of the stock room: what is kept back and why, and that an undo takes back what was done."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

KEPT: Mapping[str, Law] = {
    "I2b what is kept back is the sum of its movements": Law(
        "stock_levels",
        """SELECT 'variant ' || l.variant_id || ': on quality hold ' || l.quality_hold || ', safety ' || l.safety_stock
        FROM stock_levels l
        LEFT JOIN (SELECT variant_id,
                          SUM(CASE WHEN kept_as = 'quality_hold' THEN unavailable_change ELSE 0 END) AS quality,
                          SUM(CASE WHEN kept_as = 'safety_stock' THEN unavailable_change ELSE 0 END) AS safety
                   FROM stock_movements GROUP BY variant_id) m ON m.variant_id = l.variant_id
        WHERE l.quality_hold <> COALESCE(m.quality, 0) OR l.safety_stock <> COALESCE(m.safety, 0)""",
    ),
    "I2c an undone change and its undoing come to nothing": Law(
        "stock_changes",
        """SELECT 'stock change ' || u.undoes || ', variant ' || m.variant_id FROM stock_changes u
        JOIN stock_movements m ON m.change_id = u.id OR m.change_id = u.undoes
        WHERE u.undoes IS NOT NULL
        GROUP BY u.undoes, m.variant_id, COALESCE(m.kept_as, '')
        HAVING SUM(m.on_hand_change) <> 0 OR SUM(m.unavailable_change) <> 0""",
    ),
    "I2d what a delivery brought is the sum of its movements": Law(
        "purchase_lines",
        """SELECT 'delivery ' || l.purchase_id || ', variant ' || l.variant_id FROM purchase_lines l
        LEFT JOIN (SELECT c.about, m.variant_id, SUM(m.on_hand_change) AS units, SUM(m.unavailable_change) AS damaged
                   FROM stock_changes c JOIN stock_movements m ON m.change_id = c.id WHERE c.about IS NOT NULL
                   GROUP BY c.about, m.variant_id) k
            ON k.about = 'delivery ' || l.purchase_id AND k.variant_id = l.variant_id
        WHERE l.received <> COALESCE(k.units, 0) OR l.damaged <> COALESCE(k.damaged, 0)""",
    ),
}
