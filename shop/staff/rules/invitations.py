"""How long a link onto the staff is good for, and where it leads."""

from __future__ import annotations

from datetime import timedelta

GOOD_FOR = timedelta(days=3)
NEW_PASSWORD_GOOD_FOR = timedelta(hours=1)
