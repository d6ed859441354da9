"""The payment page's form: which fields a session asks for, and what is wrong with what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from shop.stripe_standin.checkout.payer import Payer
from shop.stripe_standin.errors import ApiError
from shop.stripe_standin.parameters.kinds import Email
from shop.stripe_standin.parameters.words import COUNTRIES
from shop.stripe_standin.shapes import Json

HARMLESS = {
    "email": "supporter@example.org",
    "name": "Test Supporter",
    "line1": "1 Test Street",
    "line2": "",
    "city": "Testville",
    "state": "",
    "postal_code": "10001",
    "phone": "+1 555 0100",
}
"""Values the form starts with, so that trying a sale takes one press; 555-01xx numbers belong to nobody."""

WITHOUT_POSTCODE = ("AE", "AG", "AO", "BS", "BZ", "FJ", "GH", "HK", "JM", "KE", "PA", "QA", "TT", "UG", "ZW")
LONGEST = {"email": 512, "name": 255, "phone": 40}


@dataclass(frozen=True)
class Field:
    """One text field as the template shows it; `half` lets two share a row where there is room."""

    name: str
    label: str
    value: str
    error: str | None
    autocomplete: str
    kind: str = "text"
    required: bool = True
    half: bool = False


@dataclass(frozen=True)
class Country:
    """One choice of country: its code and its English name."""

    code: str
    name: str


def asks_address(session: Json) -> bool:
    """Whether the page asks where the buyer lives."""
    return bool(session["shipping_address_collection"]) or session["billing_address_collection"] == "required"


def countries(session: Json) -> list[Country]:
    """Countries to choose from, in the order of their names; only the allowed ones for delivery."""
    allowed = (session["shipping_address_collection"] or {}).get("allowed_countries", COUNTRIES)
    names = Locale("en").territories
    found = [Country(code, str(names.get(code, code))) for code in allowed if code != "ZZ"]
    return sorted(found, key=lambda country: country.name)


def starting_values(session: Json) -> dict[str, str]:
    """What stands in the form at first."""
    allowed = (session["shipping_address_collection"] or {}).get("allowed_countries", ["US"])
    values = {**HARMLESS, "country": "US" if "US" in allowed else allowed[0]}
    if session["customer_email"]:
        values["email"] = session["customer_email"]
    if session["shipping_options"]:
        values["shipping_rate"] = session["shipping_options"][0]["shipping_rate"]
    return values


def problems(session: Json, entered: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field, in kind sentences; empty when all is well."""
    found = _contact_problems(session, entered)
    if asks_address(session):
        found |= _address_problems(session, entered)
    found |= _choice_problems(session, entered)
    for name, value in entered.items():
        if len(value) > LONGEST.get(name, 200):
            found[name] = f"Use at most {LONGEST.get(name, 200)} characters."
    return found


def _contact_problems(session: Json, entered: Mapping[str, str]) -> dict[str, str]:
    found = {}
    try:
        Email().read(entered.get("email", ""), "email")
    except ApiError:
        found["email"] = "Enter an e-mail address, such as name@example.org."
    if not entered.get("name"):
        found["name"] = "Enter a name."
    if session["phone_number_collection"]["enabled"] and not entered.get("phone"):
        found["phone"] = "Enter a telephone number."
    return found


def _choice_problems(session: Json, entered: Mapping[str, str]) -> dict[str, str]:
    found = {}
    consent = session["consent_collection"] or {}
    if consent.get("terms_of_service") == "required" and not entered.get("terms"):
        found["terms"] = "Agree to the terms to go on."
    rates = [option["shipping_rate"] for option in session["shipping_options"]]
    if rates and entered.get("shipping_rate") not in rates:
        found["shipping_rate"] = "Choose a delivery."
    return found


def _address_problems(session: Json, entered: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, what in (("line1", "a street and number"), ("city", "a town")):
        if not entered.get(name):
            found[name] = f"Enter {what}."
    country = entered.get("country", "")
    if country not in {choice.code for choice in countries(session)}:
        found["country"] = "Choose one of the countries in the list."
    elif not entered.get("postal_code") and country not in WITHOUT_POSTCODE:
        found["postal_code"] = "Enter a postcode."
    return found


def payer(session: Json, entered: Mapping[str, str]) -> Payer:
    """Who pays, from a form that has no problems."""
    address: Json | None = None
    if asks_address(session):
        names = ("city", "country", "line1", "line2", "postal_code", "state")
        address = {name: entered.get(name) or None for name in names}
    return Payer(
        email=entered["email"],
        name=entered["name"],
        phone=entered["phone"] if session["phone_number_collection"]["enabled"] else None,
        address=address,
        shipping_rate=entered.get("shipping_rate"),
        terms=bool(entered.get("terms")),
        promotions=bool(entered.get("promotions")),
    )


def fields(session: Json, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, list[Field]]:
    """The text fields by group: contact and address."""

    def made(name: str, label: str, autocomplete: str, **rest: object) -> Field:
        return Field(name, label, values.get(name, ""), errors.get(name), autocomplete, **rest)  # type: ignore[arg-type] # fields of Field, checked by it

    contact = [made("email", "E-mail", "email", kind="email"), made("name", "Full name", "name")]
    if session["phone_number_collection"]["enabled"]:
        contact.append(made("phone", "Telephone", "tel", kind="tel"))
    address = [
        made("line1", "Street and number", "address-line1"),
        made("line2", "Flat, floor or company", "address-line2", required=False),
        made("postal_code", "Postcode", "postal-code", half=True),
        made("city", "Town", "address-level2", half=True),
        made("state", "State or region", "address-level1", required=False),
    ]
    return {"contact": contact, "address": address if asks_address(session) else []}
