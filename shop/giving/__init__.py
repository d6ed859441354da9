"""Who is helped and what was promised to them: partners, funds, pledges, gifts.

Words: a *partner* is a nonprofit; a *fund* is where a customer's gift goes, by a lawful *route*; a *pledge* is the
merchant's own promise to a partner from the sale of a product, and is the contract behind the words beside the price;
a *gift* (Stripe and accountants say donation) is a customer's own money.
Rule: Stripe lets nobody collect donations on behalf of others (https://stripe.com/legal/restricted-businesses), so a
gift may only go to a fund whose route is `own_fund` here. Partners receive pledges, which are the merchant's money.
"""
