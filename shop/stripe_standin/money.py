"""Fees, smallest charges and how amounts are written on the stand-in's own pages."""

from decimal import ROUND_HALF_UP, Decimal

ZERO_DECIMAL = frozenset("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split())
THREE_DECIMAL = frozenset("bhd jod kwd omr tnd".split())
CURRENCIES = (
    ZERO_DECIMAL
    | THREE_DECIMAL
    | frozenset(
        """usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop
    crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr
    kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php
    pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah uyu uzs wst xcd
    xcg yer zar zmw""".split()
    )
)
SMALLEST_CHARGE = {
    "usd": 50, "eur": 50, "gbp": 30, "cad": 50, "aud": 50, "nzd": 50, "chf": 50, "sgd": 50, "jpy": 50,
    "dkk": 250, "nok": 300, "sek": 300, "mxn": 1_000, "hkd": 400, "inr": 50, "brl": 50, "pln": 200, "czk": 1_500,
}  # fmt: skip
"""Minor units, from https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts; others pass."""

SYMBOLS = {"usd": "$", "eur": "€", "gbp": "£", "jpy": "¥", "cad": "CA$", "aud": "A$", "nzd": "NZ$"}
FEE_RATE = Decimal("0.029")
FEE_FIXED = 30


def rounded(amount: Decimal) -> int:
    """To a whole minor unit, halves away from zero."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def processing_fee(amount: int) -> int:
    """2.9 % + 30 minor units: Stripe's standard price for a card in the United States.

    The same rule is used for every method and currency, so that a fee can be foretold in a test.
    """
    return rounded(amount * FEE_RATE) + FEE_FIXED


def smallest_charge(currency: str) -> int:
    """The least that Stripe charges, in minor units."""
    return SMALLEST_CHARGE.get(currency, 1)


def written(amount: int, currency: str) -> str:
    """Such as $32.00, ¥500 or CHF 12.50."""
    places = 0 if currency in ZERO_DECIMAL else 3 if currency in THREE_DECIMAL else 2
    number = f"{Decimal(abs(amount)).scaleb(-places):,.{places}f}"
    symbol = SYMBOLS.get(currency, f"{currency.upper()} ")
    return f"{'−' if amount < 0 else ''}{symbol}{number}"
