"""Money paid on to partners and funds, the proof of it, and what the partner says.

Words: a *payout* is a transfer that was made from our bank, entered with its date and reference; a *document* is its
proof, kept and named by the hash of its content; a *share* is the part of a payout that pays what one order owes; a
*confirmation* is the partner's own word that the money came.
Invariants: the shares of a payout add up to it; documents and shares never change; a payout is confirmed once.
"""
