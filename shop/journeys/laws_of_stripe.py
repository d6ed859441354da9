"""What must hold between the books and what moved outside: at Stripe, and to partners. Gaps that only time or a person
can close are no broken laws: `reconcile` names them.
"""

from __future__ import annotations

from collections.abc import Mapping

from shop.journeys.laws import Law

STRIPE: Mapping[str, Law] = {
    "I7p what explains a transaction moved the clearing account by it": Law(
        "explanations",
        """SELECT 'entry ' || m.entry_position FROM (
            SELECT x.entry_position, SUM(t.net_minor) AS moved FROM explanations x
            JOIN balance_transactions t ON t.id = x.transaction_id GROUP BY x.entry_position) m
        LEFT JOIN (
            SELECT entry_position, SUM(amount_minor) AS posted FROM postings WHERE account = 'processor_clearing'
            GROUP BY entry_position) b ON b.entry_position = m.entry_position
        WHERE m.moved <> COALESCE(b.posted, 0)""",
    ),
    "I7r the net of a transaction is its amount less its fee": Law(
        "balance_transactions", "SELECT id FROM balance_transactions WHERE net_minor <> amount_minor - fee_minor"
    ),
    "I7q no dispute takes more than was paid": Law(
        "disputes",
        """SELECT 'order ' || d.order_id FROM disputes d JOIN payments p ON p.order_id = d.order_id
        GROUP BY d.order_id, p.amount_minor HAVING SUM(d.withdrawn_minor) > p.amount_minor""",
    ),
    "I7s a payout is what its shares add up to": Law(
        "partner_payouts",
        """SELECT p.id FROM partner_payouts p LEFT JOIN payout_shares s ON s.payout_id = p.id
        GROUP BY p.id, p.amount_minor HAVING COALESCE(SUM(s.amount_minor), 0) <> p.amount_minor""",
    ),
    "I7u what the books say was paid to a partner = the payouts that stand": Law(
        "partner_payouts",
        """SELECT 'paid to ' || b.party FROM (
            SELECT p.party, SUM(p.amount_minor) AS paid FROM postings p
            JOIN journal_entries e ON e.position = p.entry_position AND e.order_id IS NULL
            WHERE p.account IN ('pledge_payable', 'donations_payable') GROUP BY p.party) b
        LEFT JOIN (
            SELECT party, SUM(amount_minor) AS paid FROM partner_payouts WHERE voided_at IS NULL GROUP BY party) k
            ON k.party = b.party
        WHERE b.paid <> COALESCE(k.paid, 0)""",
    ),
}
