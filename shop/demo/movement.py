"""The people of the demo and where it sends to: partners, its own funds, delivery zones."""

from __future__ import annotations

from shop.core.money import Money
from shop.delivery.operations import add_zone
from shop.demo.content import BRAND, FUNDS, PARTNERS, ZONES, Partner
from shop.giving import operations as giving
from shop.giving.rules import NewPartner
from shop.partners import operations as partners
from shop.partners.rules import Link, Profile


def add_partners() -> dict[str, int]:
    """Ids by slug."""
    return {partner.slug: _add(partner, at) for at, partner in enumerate(PARTNERS)}


def add_funds() -> int:
    """The operator's own funds: the only ones that may take customers' gifts."""
    giving.add_fund(
        slug=BRAND.fund_slug, name=BRAND.fund_name, purpose=BRAND.fund_purpose, route="own_fund", needed_most=True
    )
    for fund in FUNDS:
        giving.add_fund(slug=fund.slug, name=fund.name, purpose=fund.purpose, route="own_fund")
    return 1 + len(FUNDS)


def add_zones() -> int:
    for zone in ZONES:
        free = None if zone.free_over_minor is None else Money(zone.free_over_minor, BRAND.currency)
        add_zone(
            name=zone.name,
            countries=zone.countries,
            rate=Money(zone.rate_minor, BRAND.currency),
            free_from=free,
            estimate=zone.estimate,
            note=zone.note,
        )
    return len(ZONES)


def _add(partner: Partner, position: int) -> int:
    partner_id = giving.add_partner(_partner(partner, position))
    profile = Profile(works_on=partner.works_on, works_in=partner.works_in, status_since=partner.verified_on)
    partners.save_profile(partner_id, profile, seen=0)
    website = [Link("Website", partner.website)] if partner.website else []
    registers = [Link(f"Search of the {one.register}", one.source_url) for one in partner.registrations]
    partners.keep_links(partner_id, [*website, *registers, *(Link(*one) for one in partner.links)])
    partners.note(partner_id, kind="status", words=f"Added as {partner.status}.", by="demo")
    return partner_id


def _partner(partner: Partner, position: int) -> NewPartner:
    first = partner.registrations[0] if partner.registrations else None
    return NewPartner(
        slug=partner.slug,
        name=partner.name,
        legal_name=partner.legal_name,
        former_names=", ".join(partner.former_names),
        place=partner.place,
        founded=None,
        registry_name=first.register if first else None,
        registry_number=first.number if first else None,
        blurb=partner.what_they_do,
        story="",
        website=partner.website,
        links={entry.register: entry.source_url for entry in partner.registrations},
        status=partner.status,
        verified_on=partner.verified_on,
        staff_notes=partner.staff_notes,
        position=position,
    )
