"""Pledges in words. The sentence itself is the giving room's."""

from __future__ import annotations

from shop.core.formats import money_short
from shop.core.languages import _, cached_by_language
from shop.giving.rules import PledgeTerms, percent
from shop.web.present import addresses
from shop.web.view_models.parts import Pledge


@cached_by_language(maxsize=1_024)
def pledge(terms: PledgeTerms) -> Pledge:
    """The whole promise, as it stands beside a price."""
    return Pledge(sentence=terms.sentence(), url=addresses.partner(terms.partner_slug))


@cached_by_language(maxsize=1_024)
def in_short(terms: PledgeTerms) -> str:
    """ "Gives $5 to Polaris": for cards, where the dates and the limit have no room."""
    share = money_short(terms.per_unit) if terms.per_unit is not None else percent(terms.basis_points or 0)
    return _("Gives %(share)s to %(partner)s", share=share, partner=terms.partner_name)
