"""From rooms' frozen rows to view models: pure functions, no queries, no request, no clock."""
