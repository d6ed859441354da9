"""What is on the shelf: products, their colours, and the variants (colour x size) that can be bought.

Words: a *product* is a design on a garment; a *variant* is one size in one colour and is what has a SKU, a price
and stock. Prices are in minor units of the product's currency. A product is a *draft*, *published* or *retired*.
Invariants: SKUs are unique; `price_from_minor` of a product is the lowest price of its active variants.
"""
