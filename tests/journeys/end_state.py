"""What a store has come to, without anything that chance names or the clock stamps."""

from __future__ import annotations

from sqlalchemy import text

from shop.core.database import end_read, session
from tests.support.till import Till

ASKED = {
    "orders": "SELECT state, goods_minor, gift_minor, total_minor, email, cancel_reason FROM orders",
    "stock": "SELECT variant_id, on_hand, held, committed FROM stock_levels",
    "payments": "SELECT amount_minor, fee_minor, COUNT(*) FROM payments GROUP BY 1, 2",
    "refunds": "SELECT amount_minor, state, COUNT(*) FROM refunds GROUP BY 1, 2",
    "books": "SELECT account, party, SUM(amount_minor) FROM postings GROUP BY 1, 2 HAVING SUM(amount_minor) <> 0",
    "pledges": "SELECT pledged_minor FROM pledges",
    "gifts": "SELECT amount_minor, COUNT(*) FROM gifts GROUP BY 1",
    "letters": "SELECT kind, state, COUNT(*) FROM letters GROUP BY 1, 2",
    "unkept promises": "SELECT kind, state FROM outbox_jobs WHERE state <> 'done'",
    "open pages": "SELECT state FROM checkout_sessions WHERE state = 'open'",
}


def end_state(till: Till) -> dict[str, object]:
    """Rows that matter, money at the processor, and how many different mails left."""
    found: dict[str, object] = {name: sorted(map(str, session().execute(text(asked)))) for name, asked in ASKED.items()}
    end_read()
    pages = till.processor.pages.values()
    money = sorted((page.state, page.money, page.amount.minor if page.amount else 0, page.refunded) for page in pages)
    return found | {"processor": money, "mails": len({letter["Message-ID"] for letter in till.post.letters})}
