"""A store for movements: tees, gifts and stories, and books that prove where the money went."""
