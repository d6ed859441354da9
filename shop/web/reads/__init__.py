"""Reads of public pages that cross rooms: columns into frozen rows, a fixed number of statements each.

What one room answers by itself is asked of its queries; here stand the joins that keep a page at five statements.
"""
