"""Partners: what is known of each, what to see to, and what changed when."""

from __future__ import annotations

from flask import flash, request, url_for
from msgspec import Struct

from shop.admin.access import allowed, current
from shop.admin.answers import page, refused
from shop.admin.media import src_of
from shop.admin.partner_forms import PartnerForm, filled
from shop.admin.routes import Answer, asks, see_other, shows
from shop.core import clock
from shop.core.database import end_read
from shop.core.errors import ShopError
from shop.giving.queries import partners as giving
from shop.giving.rules import PartnerCard
from shop.journeys import keep_partners as journey
from shop.media.photos.queries import library, logo_of
from shop.media.photos.rules import Photograph
from shop.partners import queries
from shop.partners.rules import Profile, reminders
from shop.staff.rules.permissions import Permission


class Row(Struct, frozen=True):
    """A partner in the list, with what to see to."""

    card: PartnerCard
    profile: Profile
    to_do: tuple[str, ...]


@shows("/partners", needs=Permission.SEE_STORIES)
def partner_list() -> Answer:
    """Every partner of any status."""
    cards = giving.all_partners()
    ids, today = [card.id for card in cards], clock.now().date()
    profiles, links = queries.profiles(ids), queries.links(ids)
    rows = []
    for card in cards:
        profile = profiles.get(card.id, Profile())
        todo = reminders(profile, links.get(card.id, []), card.verified_on, today) if card.status != "ended" else ()
        rows.append(Row(card, profile, todo))
    return page("admin/partners/list.html", rows=rows)


@asks("/partners/new", needs=Permission.KEEP_PARTNERS)
def new_partner() -> Answer:
    """Unverified until somebody looked its registration up."""
    form = PartnerForm(data={"version": 0, "status": "unverified"})
    if request.method == "GET":
        return _partner_page(form)
    end_read()
    if not form.validate_on_submit():
        return _partner_page(form, status=refused(form))
    try:
        partner_id = journey.begin_partner(form.kept(), actor=current().name)
    except ShopError as problem:
        return _partner_page(form, status=refused(form, problem=problem))
    flash("The partner is added.", "success")
    return see_other(url_for("admin.edit_partner", partner_id=partner_id))


@asks("/partners/<row:partner_id>", needs=Permission.KEEP_PARTNERS)
def edit_partner(partner_id: int) -> Answer:
    """Change what is known; a change of status is told to readers with its reason."""
    facts = giving.partner_facts(partner_id)
    profile = queries.profiles([partner_id]).get(partner_id, Profile())
    if request.method == "GET":
        return _partner_page(filled(facts, profile, queries.links([partner_id]).get(partner_id, [])), partner_id)
    form = PartnerForm()
    end_read()
    if not form.validate_on_submit():
        return _partner_page(form, partner_id, status=refused(form))
    try:
        journey.change_partner(partner_id, form.kept(), seen=form.version.data, actor=current().name)
    except ShopError as problem:
        form.version.data = queries.profiles([partner_id]).get(partner_id, Profile()).version
        form.version.raw_data = None
        return _partner_page(form, partner_id, status=refused(form, problem=problem))
    flash("Saved.", "success")
    return see_other(url_for("admin.edit_partner", partner_id=partner_id))


def _partner_page(form: PartnerForm, partner_id: int | None = None, *, status: int = 200) -> Answer:
    return page(
        "admin/partners/partner.html",
        status=status,
        form=form,
        partner_id=partner_id,
        logo=_logo(partner_id),
        library=[one for one in library() if one.about.permission] if allowed(Permission.KEEP_PICTURES) else [],
        slug="" if partner_id is None else giving.partner_facts(partner_id).slug,
        history=[] if partner_id is None else queries.history(partner_id),
        links=[] if partner_id is None else queries.links([partner_id]).get(partner_id, []),
    )


def _logo(partner_id: int | None) -> tuple[Photograph, str] | None:
    """The logo with the address of a small size of it."""
    found = None if partner_id is None else logo_of(partner_id)
    return None if found is None else (found, src_of(found))
