"""The chart of accounts: what each is called in the books, and what treasurers call it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

CLEARING = "processor_clearing"
BANK = "bank"
GOODS = "goods_revenue"
DELIVERY = "delivery_revenue"
DISCOUNTS = "discounts"
DIFFERENCES = "price_differences"
TAX = "tax_payable"
GIFTS = "donations_payable"
FEE_COVER = "fee_contributions"
PLEDGE_EXPENSE = "pledge_expense"
PLEDGES = "pledge_payable"
FEES = "processor_fees"
REFUNDS = "refunds"
DISPUTES = "disputes"
BANK_FEES = "bank_fees"
CUSTOMERS = "customer_refunds_payable"


class Account(Struct, frozen=True):
    """`code` orders them: 1 is what we have, 2 what we owe, 4 what we earn and what lowers it, 5 what that costs.

    `name` is what other bookkeeping programs know it by, `said` what stands on it.
    """

    code: str
    name: str
    said: str


ACCOUNTS: Mapping[str, Account] = {
    BANK: Account("1000", "Bank", "Money in our bank account"),
    CLEARING: Account("1010", "Stripe", "Money that Stripe holds for us"),
    TAX: Account("2200", "Tax payable", "Tax collected for the authorities"),
    GIFTS: Account("2300", "Gifts payable", "Customers' gifts held for a fund"),
    PLEDGES: Account("2310", "Pledges payable", "Pledges owed to a partner"),
    CUSTOMERS: Account("2320", "Customer refunds payable", "Money to be given back to customers"),
    GOODS: Account("4000", "Goods", "Revenue from goods"),
    DELIVERY: Account("4010", "Delivery", "Revenue from delivery"),
    DISCOUNTS: Account("4090", "Discounts", "Discounts given (lowers revenue)"),
    DIFFERENCES: Account("4091", "Price differences", "Dearer sizes sent at the old price (lowers revenue)"),
    REFUNDS: Account("4092", "Refunds", "Goods and delivery given back (lowers revenue)"),
    DISPUTES: Account("4093", "Disputes", "Payments that customers' banks took back (lowers revenue)"),
    FEE_COVER: Account("4100", "Fee contributions", "What givers added towards the card fee (never a gift)"),
    PLEDGE_EXPENSE: Account("5100", "Pledges", "What our pledges cost us"),
    FEES: Account("5200", "Card fees", "Fees kept by Stripe"),
    BANK_FEES: Account("5210", "Bank fees", "What banks take for our transfers"),
}
