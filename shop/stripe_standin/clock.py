"""The stand-in's own time: real time, moved ahead when a test asks."""

import time

MOST_AHEAD = 10 * 365 * 24 * 60 * 60


class Clock:
    """Unix time with an offset in seconds, which only ever grows."""

    def __init__(self, *, offset: float = 0.0) -> None:
        self.offset = offset

    def now(self) -> int:
        """Whole Unix seconds, as Stripe stamps its objects."""
        return int(self.exact())

    def exact(self) -> float:
        """Unix seconds with their fraction, for due times."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move ahead; going back would make stored objects younger than their events."""
        if not 0 <= seconds <= MOST_AHEAD:
            raise ValueError("The clock moves forward by at most ten years.")
        self.offset += seconds
