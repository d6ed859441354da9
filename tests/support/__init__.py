"""What tests stand on: databases of their own, a store over real HTTP, a client that behaves like a browser."""
