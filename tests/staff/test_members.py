"""Adding members, and finding them again."""

from __future__ import annotations

import argon2
import pytest
from flask import Flask
from sqlalchemy import update

from shop.core.database import transaction
from shop.core.errors import Conflict, Invalid
from shop.staff import queries
from shop.staff.models import StaffMember
from shop.staff.operations import add_member
from shop.staff.operations.members import renew_hash
from shop.staff.rules import hashing
from tests.staff.people import PASSWORD, added
from tests.support.audit_log import recent_audit

GOOD = {"email": "ada@example.org", "name": "Ada", "role": "owner", "password": PASSWORD}


def test_a_member_is_found_by_e_mail_however_it_is_typed(app: Flask) -> None:
    member = added(email=" Ada@Example.ORG ", name=" Ada \t Obi ")
    assert (member.email, member.name) == ("ada@example.org", "Ada Obi")
    account = queries.account("  ADA@example.org")
    assert account is not None
    assert (account.id, account.name, account.second_factor_on) == (member.id, "Ada Obi", False)
    assert hashing.verified(account.password_hash, PASSWORD)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "ada"),
        ("email", "ada@example"),
        ("email", "a b@example.org"),
        ("email", "a" * 250 + "@example.org"),
        ("email", "a\x00@example.org"),
        ("name", "  "),
        ("name", "x" * 81),
        ("name", "A\x00da"),
        ("role", "admin"),
        ("role", ""),
        ("password", "short"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(app: Flask, field: str, value: str) -> None:
    with pytest.raises(Invalid) as problem, transaction():
        add_member(**{**GOOD, field: value})
    assert problem.value.field == field


@pytest.mark.parametrize(
    ("again", "field"),
    [
        ({"email": "ADA@example.org", "name": "Somebody"}, "email"),
        ({"email": "other@example.org", "name": "ADA"}, "name"),
        ({"email": "other@example.org", "name": "Stripe"}, "name"),
        ({"email": "other@example.org", "name": "customer"}, "name"),
        ({"email": "other@example.org", "name": "Command Line"}, "name"),
    ],
)
def test_nobody_can_be_mixed_up_with_somebody_else(app: Flask, again: dict[str, str], field: str) -> None:
    added()
    with pytest.raises(Conflict) as problem, transaction():
        add_member(**{**GOOD, **again})
    assert problem.value.field == field


def test_adding_somebody_is_in_the_audit_log_without_the_password(app: Flask) -> None:
    added()
    entry = recent_audit(limit=1)[0]
    assert (entry.actor, entry.action, entry.subject) == ("command line", "staff.added", "ada@example.org")
    assert entry.details["after"] == {"name": "Ada", "role": "owner"}


def test_a_disabled_member_is_nobody(app: Flask) -> None:
    member = added()
    with transaction() as current:
        current.execute(update(StaffMember).values(disabled_at=StaffMember.added_at))
    assert queries.account(member.email) is None


def test_an_old_hash_is_made_again_unless_the_password_changed_meanwhile(app: Flask) -> None:
    member = added()
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with transaction() as current:
        current.execute(update(StaffMember).values(password_hash=older))
    with transaction():
        renew_hash(member_id=member.id, password_hash="another", password=PASSWORD)
    assert _hash(member.email) == older
    with transaction():
        renew_hash(member_id=member.id, password_hash=older, password=PASSWORD)
    assert not hashing.outdated(_hash(member.email))


def _hash(email: str) -> str:
    account = queries.account(email)
    assert account is not None
    return account.password_hash
