"""Reads of discounts: by carts and orders, and by staff."""
