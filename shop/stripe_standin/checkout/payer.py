"""Who pays, where it goes and how: what the payment page collects."""

from dataclasses import dataclass

from shop.stripe_standin.shapes import Json

CARD, DECLINE, ARRIVES, FAILS = "card", "decline", "delayed_arrives", "delayed_fails"
WAYS = (CARD, DECLINE, ARRIVES, FAILS)
"""Pay at once; have the card refused; pay by a method whose money arrives later, or never."""


@dataclass(frozen=True)
class Payer:
    """What a buyer entered; `address` has Stripe's six parts, `shipping_rate` is the id of the chosen option."""

    email: str
    name: str | None = None
    phone: str | None = None
    address: Json | None = None
    shipping_rate: str | None = None
    terms: bool = False
    promotions: bool = False

    def billing_details(self) -> Json:
        """As charges and payment methods carry them."""
        nowhere: Json = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
        return {
            "address": self.address or nowhere,
            "email": self.email,
            "name": self.name,
            "phone": self.phone,
            "tax_id": None,
        }

    def customer_details(self) -> Json:
        """As completed sessions carry them."""
        return {
            "address": self.address,
            "business_name": None,
            "email": self.email,
            "individual_name": None,
            "name": self.name,
            "phone": self.phone,
            "tax_exempt": "none",
            "tax_ids": [],
        }

    def shipping_details(self) -> Json:
        """As `collected_information` carries them."""
        return {"address": self.address, "name": self.name or ""}
