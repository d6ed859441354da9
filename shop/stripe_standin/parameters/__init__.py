"""What each endpoint accepts, declared as data and read by `kinds`."""
