"""Tables of staff."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.append_only import append_only
from shop.core.columns import Document, Key, Name, Stamp, Word
from shop.core.database import Base


class StaffMember(Base):
    """Somebody who may sign in. `name` is what timelines and the audit log call them, so no two share one.

    `totp_on_at` is empty until a first code was right; `totp_last_step` is the last 30-second step whose code was used.
    """

    __tablename__ = "staff_members"
    __table_args__ = (
        CheckConstraint("role IN ('owner', 'manager', 'fulfilment', 'content', 'read_only', 'finance')", name="role"),
    )

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    role: Mapped[Word]
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_on_at: Mapped[Stamp | None]
    totp_last_step: Mapped[int | None]
    added_at: Mapped[Stamp]
    disabled_at: Mapped[Stamp | None]


class RecoveryCode(Base):
    """A one-time code for a lost phone, kept as a hash."""

    __tablename__ = "staff_recovery_codes"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[Stamp | None]


class Passkey(Base):
    """A passkey's public half (https://www.w3.org/TR/webauthn-3/), in base64url as browsers send it.

    `sign_count` is what its device counted at its last use; one that goes back is a copy.
    """

    __tablename__ = "staff_passkeys"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[Word]
    added_at: Mapped[Stamp]
    used_at: Mapped[Stamp | None]


class Invitation(Base):
    """A link by which somebody joins the staff, or (with `member_id`) a member chooses a new password; opened once."""

    __tablename__ = "staff_invitations"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Word]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_members.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by: Mapped[Name]
    invited_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]


class SignIn(Base):
    """One signed-in browser. `token_hash` is the SHA-256 of the cookie's token; `browser` reads "Firefox on Linux".

    Where `second_factor` is false, the sign-in is only half way. `confirmed_at` is when its owner last proved to be
    there; `challenge` is what a passkey is asked to sign, once.
    """

    __tablename__ = "staff_sign_ins"

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    second_factor: Mapped[bool]
    browser: Mapped[Word]
    challenge: Mapped[str | None] = mapped_column(String(64))
    confirmed_at: Mapped[Stamp | None]
    began_at: Mapped[Stamp]
    seen_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]


class Preferences(Base):
    """What a member chose for themselves; no row means the usual."""

    __tablename__ = "staff_preferences"

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True, autoincrement=False)
    shortcuts: Mapped[bool]


class SavedView(Base):
    """A list of orders that a member comes back to; `asked` is the query of its address."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("member_id", "name"),)

    id: Mapped[Key]
    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"))
    name: Mapped[Word]
    asked: Mapped[str] = mapped_column(String(300))


class Throttle(Base):
    """Tries that failed and are counted together, so that guessing slows down; nothing is tried before `free_at`."""

    __tablename__ = "staff_throttles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[Stamp]
    free_at: Mapped[Stamp]


class SeenPage(Base):
    """That a member looked at something that is logged, and on which day last: one entry a day is enough."""

    __tablename__ = "staff_seen_pages"

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_members.id"), primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(200), primary_key=True)
    seen_on: Mapped[date]


@append_only
class AuditEntry(Base):
    """Who did what to which thing, and from where. `hash` covers the entry and `previous_hash`.

    `origin` is empty for what no browser asked for, and for entries older than the column.
    """

    __tablename__ = "audit_entries"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    actor: Mapped[Name]
    action: Mapped[Word]
    subject: Mapped[Name]
    details: Mapped[Document]
    origin: Mapped[str | None] = mapped_column(String(120))
    happened_at: Mapped[Stamp]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the audit chain: one row, locked by whoever appends."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[Key]
    position: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
