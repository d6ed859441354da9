"""What the store asks of a payment processor about a partner's own account, connected to ours.

Asking how it stands is built; charging through it is not, so that no gift takes this way yet (see `giving.routes`).
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct


class AccountReport(Struct, frozen=True):
    """How a connected account stands. `ready` means that it may be charged and paid out; `due` names what the processor
    still asks of its owner, in the processor's own words.
    """

    id: str
    country: str
    ready: bool
    due: tuple[str, ...]


class AccountGateway(Protocol):
    """May raise ProcessorDown or ProcessorRefused (no such account, or none connected to ours)."""

    def read_account(self, account_id: str) -> AccountReport: ...
