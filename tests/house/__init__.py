"""Tests of the house itself: floors, sizes, schema, documents."""
