"""The stories that cross rooms, one file each: a customer pays, a parcel leaves, money goes back.

A journey opens the transactions, speaks to the outside between them, and leaves the rooms to do the work.
"""
