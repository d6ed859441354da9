"""The demo movement: an invented operator with real partners, for a first run and for tests."""
