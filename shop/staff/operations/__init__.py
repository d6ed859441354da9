"""Writes of the staff room, a file a noun. All assume an open transaction."""

from __future__ import annotations

from shop.staff.operations.audit import record
from shop.staff.operations.members import MemberAdded, add_member

__all__ = ["MemberAdded", "add_member", "record"]
