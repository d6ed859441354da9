"""One module a kind of object: how it is built, and the endpoints that answer it."""
