"""What the endpoints around payments accept: refunds, lists and plain retrievals."""

from shop.stripe_standin.parameters.common import EXPAND, Created, Currency, Metadata, listing
from shop.stripe_standin.parameters.kinds import Choice, Fields, Flag, Integer, ListOf, Text

ONLY_EXPAND = Fields(EXPAND)

CREATE_REFUND = Fields(
    {
        **EXPAND,
        "amount": Integer(least=1),
        "charge": Text(),
        "metadata": Metadata(),
        "payment_intent": Text(),
        "reason": Choice(("duplicate", "fraudulent", "requested_by_customer")),
    },
    not_yet=("currency", "customer", "instructions_email", "origin", "refund_application_fee", "reverse_transfer"),
)
UPDATE_METADATA = Fields({**EXPAND, "metadata": Metadata()})

LIST_LINES = listing()
LIST_REFUNDS = listing(charge=Text(), created=Created(), payment_intent=Text())
LIST_DISPUTES = listing(charge=Text(), created=Created(), payment_intent=Text())
LIST_PAYOUTS = listing(created=Created(), status=Text())
LIST_PAYMENT_INTENTS = listing(created=Created(), customer=Text())
LIST_CHARGES = listing(created=Created(), customer=Text(), payment_intent=Text(), transfer_group=Text())
LIST_BALANCE_TRANSACTIONS = listing(created=Created(), currency=Currency(), payout=Text(), source=Text(), type=Text())
LIST_EVENTS = listing(created=Created(), delivery_success=Flag(), type=Text(), types=ListOf(Text(), most=20))
