"""Who is on the staff: invited by mail, moved to another role, sent away, helped back in."""

from __future__ import annotations

from shop.brand.queries import brand
from shop.core import codes
from shop.core.again import again
from shop.core.database import end_read, transaction
from shop.core.outbox import promise
from shop.journeys.services import Services
from shop.journeys.write_to_us import KIND as ALERT
from shop.mail.letters import Sender, StaffAlert
from shop.mail.operations import write
from shop.mail.rules import Draft, mail_address
from shop.mail.templates import render
from shop.staff.operations import invitations, members, record, second_factor, sign_ins
from shop.staff.queries.members import member
from shop.staff.rules.audit import begun, differences, ended

KIND = "staff_invitation"  # kept from the list of letters: whoever reads the link could use it


@again
def invite(*, email: str, role: str, actor: str, services: Services) -> None:
    """Send a link by which somebody joins. Raises Invalid and Conflict beside their fields."""
    address, about = mail_address(email), _sender()
    heading = f"{actor} invites you to the staff of {about.name}"
    words = "Choose a password, then set up a passkey or an app on your phone. The link works once, for three days."
    with transaction():
        token = invitations.invite(email=address, role=role, by=actor)
        record(actor=actor, action="staff.invited", subject=address, details=begun({"role": role}))
        _send(address, _link(about, heading, words, "Join", token, services), services)


@again
def send_new_password(member_id: int, *, actor: str, services: Services) -> None:
    """Send a member a link to choose a new password; the second factor is asked for as before. Raises NotFound."""
    about = _sender()
    heading = f"Choose a new password for the staff of {about.name}"
    words = f"{actor} asked us to send you this. The link works once, for an hour. Nothing changes until you use it."
    with transaction():
        address, token = invitations.let_choose_password(member_id, by=actor)
        record(actor=actor, action="staff.password_link", subject=address, details={})
        _send(address, _link(about, heading, words, "Choose a password", token, services), services)


@again
def revoke_invitation(invitation_id: int, *, actor: str) -> bool:
    """Take an invitation back; False where it was over."""
    with transaction():
        address = invitations.revoke(invitation_id)
        if address is not None:
            record(
                actor=actor, action="staff.invitation_revoked", subject=address, details=ended({"invitation": "open"})
            )
    return address is not None


@again
def change_role(member_id: int, *, role: str, actor: str) -> None:
    """From the next page on they may what the new role may. Raises Invalid, NotFound and LastOwner."""
    with transaction():
        before = members.set_role(member_id, role)
        if before != role:
            told = {"before": {"role": before}, "after": {"role": role}}
            record(actor=actor, action="staff.role", subject=member(member_id).email, details=told)


@again
def send_away(member_id: int, *, actor: str) -> None:
    """No sign-in any more, and those open end at once. Raises NotFound and LastOwner."""
    with transaction():
        members.disable(member_id)
        many = sign_ins.end_all(member_id)
        told = differences({"account": "open"}, {"account": "closed"}) | {"sign-ins ended": many}
        record(actor=actor, action="staff.disabled", subject=member(member_id).email, details=told)


@again
def let_in_again(member_id: int, *, actor: str) -> None:
    """The account opens again, by its own password and factor. Raises NotFound."""
    with transaction():
        known = member(member_id)
        members.enable(member_id)
        told = differences({"account": "closed"}, {"account": "open"})
        record(actor=actor, action="staff.enabled", subject=known.email, details=told)


@again
def forget_factors(member_id: int, *, actor: str) -> None:
    """Passkeys, app and recovery codes of somebody who lost them; the next sign-in sets up others. Raises NotFound."""
    with transaction():
        known = member(member_id)
        second_factor.forget_all(member_id)
        record(actor=actor, action="staff.factors_forgotten", subject=known.email, details=ended({"factors": "set up"}))


def _sender() -> Sender:
    about = brand()
    end_read()
    return Sender(name=about.name, operator=about.operator)


def _link(about: Sender, heading: str, message: str, label: str, token: str, services: Services) -> StaffAlert:
    url = f"{services.base_url}/admin/invited/{token}"
    return StaffAlert(brand=about, heading=heading, message=message, action_label=label, action_url=url)


def _send(address: str, letter: StaffAlert, services: Services) -> None:
    text, html = render(ALERT, {"letter": letter})
    key = codes.new_id()
    write(Draft(KIND, key, address, letter.heading[:200], text, html), host=services.mail_host)
    promise("kept_letter", key=f"{KIND}:{key}", payload={"kind": KIND, "key": key})
