"""What templates are given: frozen values whose every text is ready to print.

Money is already formatted ("$32.00"), dates are already words, addresses are already built, and nothing here decides
anything. A template receives one of the `...Page` values as `page`; every page also gets `site` (parts.Site) from a
context processor and the global `asset(name)` (Assets.url_for).

A field named `*_html` is HTML that has been through the sanitiser; every other text is escaped when printed.

    parts    what pages share: Site, Meta, Picture, sums, notices, helplines, errors
    shelf    home, shop, product
    basket   cart, checkout, order, lost order
    stories  campaigns, partners, giving, prose, errors
    blocks   what stands in a story
"""
