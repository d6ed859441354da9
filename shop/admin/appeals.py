"""Appeals: what campaigns ask of people, how many answered, and signatures that are none."""

from __future__ import annotations

from flask import flash, url_for
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, Optional

from shop.actions.queries import Shared, appeal_of, clusters, counts_of
from shop.actions.rules import AppealFacts
from shop.admin.access import current
from shop.admin.answers import page, refused
from shop.admin.base_form import StaffForm
from shop.admin.reads.appeals import CampaignName, asked_campaign, campaigns_and_appeals
from shop.admin.routes import Answer, asks, does, see_other, shows
from shop.core.errors import Invalid, NotFound
from shop.journeys import take_part
from shop.staff.rules.permissions import Permission


def _trimmed(text: str | None) -> str:
    return " ".join((text or "").split())


class AppealForm(StaffForm):
    """What is asked, of how many, and whether people can still answer."""

    ask = StringField("What people promise", [InputRequired("Say what people promise.")], filters=[_trimmed])
    goal = IntegerField("Hoped for", [Optional()])
    open = BooleanField("People can sign")


class ClusterForm(StaffForm):
    """Which signatures, and why."""

    value = StringField("Network or mail domain", [InputRequired("Name one of those above."), Length(max=254)])
    reason = StringField("Reason", [Length(max=200)], filters=[_trimmed])


@shows("/appeals", needs=Permission.SEE_TAKING_PART)
def appeal_list() -> Answer:
    """Every campaign with what it asks, if it does."""
    return page("admin/appeals.html", rows=campaigns_and_appeals())


@asks("/appeals/<row:campaign_id>", needs=Permission.KEEP_TAKING_PART)
def appeal(campaign_id: int) -> Answer:
    """What one campaign asks; where its signatures come from."""
    campaign, there = asked_campaign(campaign_id), appeal_of(campaign_id)
    form = AppealForm(data=None if there is None else {"ask": there.ask, "goal": there.goal, "open": there.open})
    if not form.validate_on_submit():
        return _appeal_page(campaign, there, form, status=refused(form) if form.is_submitted() else 200)
    try:
        take_part.set_appeal(
            campaign_id=campaign_id,
            ask=form.ask.data,
            goal=form.goal.data,
            open=form.open.data,
            actor=current().name,
        )
    except Invalid as problem:
        return _appeal_page(campaign, there, form, status=refused(form, problem=problem))
    flash("Saved.", "success")
    return see_other(url_for("admin.appeal", campaign_id=campaign_id))


@does("/appeals/<row:campaign_id>/invalidate", needs=Permission.KEEP_TAKING_PART)
def invalidate_signatures(campaign_id: int) -> Answer:
    """All from one network or mail domain are counted no longer."""
    form, there = ClusterForm(), _there(campaign_id)
    if form.validate_on_submit() and form.reason.data:
        shared, value = _shared(form.value.data)
        count = take_part.invalidate_signatures(
            appeal_id=there.id, shared=shared, value=value, reason=form.reason.data, actor=current().name
        )
        flash(f"{count:,} signatures from {value} are counted no longer.", "success" if count else "warning")
    else:
        flash("Name the network or mail domain, and say why.", "danger")
    return see_other(url_for("admin.appeal", campaign_id=campaign_id))


@does("/appeals/<row:campaign_id>/reinstate", needs=Permission.KEEP_TAKING_PART)
def reinstate_signatures(campaign_id: int) -> Answer:
    """They were true after all."""
    form, there = ClusterForm(), _there(campaign_id)
    if form.validate_on_submit():
        shared, value = _shared(form.value.data)
        count = take_part.reinstate_signatures(appeal_id=there.id, shared=shared, value=value, actor=current().name)
        flash(f"{count:,} signatures from {value} are again what they were.", "success" if count else "warning")
    else:
        flash("Name the network or mail domain.", "danger")
    return see_other(url_for("admin.appeal", campaign_id=campaign_id))


def _there(campaign_id: int) -> AppealFacts:
    there = appeal_of(campaign_id)
    if there is None:
        raise NotFound("This campaign asks for nothing yet.")
    return there


def _shared(typed: str) -> tuple[Shared, str]:
    """A network has a slash in it, as the table shows it; anything else is a domain."""
    value = typed.strip().lower().removeprefix("@")
    return ("network" if "/" in value else "domain"), value


def _appeal_page(campaign: CampaignName, there: AppealFacts | None, form: AppealForm, *, status: int) -> Answer:
    return page(
        "admin/appeal.html",
        status=status,
        campaign=campaign,
        there=there,
        form=form,
        cluster=ClusterForm(formdata=None),
        counts=counts_of([there.id])[there.id] if there else None,
        networks=clusters(there.id, "network") if there else [],
        domains=clusters(there.id, "domain") if there else [],
    )
