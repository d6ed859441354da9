"""Writes of discounts: by staff, and by carts and orders."""
