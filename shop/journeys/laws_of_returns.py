"""The law of withdrawals: what was stated is acknowledged on a durable medium."""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

RETURNS: Mapping[str, Law] = {
    "I18 whoever withdrew is acknowledged": Law(
        "returns",
        """SELECT 'withdrawal ' || r.id FROM returns r
        LEFT JOIN outbox_jobs j ON j.kind = 'return_letter' AND j.key = 'withdrawal:' || r.id
        WHERE r.kind = 'withdrawal' AND j.id IS NULL""",
    ),
}
