"""A Checkout Session's life: opened, then paid, declined, completed by a delayed method, or expired."""
