"""Measures: the store with its production server beside a bare view on the same server, in one run."""
