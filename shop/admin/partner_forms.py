"""The form of a partner: shape only."""

from __future__ import annotations

import re

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from shop.admin.base_form import StaffForm
from shop.admin.story_forms import line, lines, slug_of
from shop.giving.rules import NewPartner
from shop.journeys.keep_partners import Kept
from shop.partners.rules import Link, Profile, links_of, words_of

_SAY = "Fill this in."
STATUSES = [("unverified", "Unverified"), ("active", "Active"), ("paused", "Paused"), ("ended", "Ended")]


class PartnerForm(StaffForm):
    """What we know of a partner. `version` is the one that was on the page."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(0, 10**8)])
    name = StringField("Public name", [InputRequired(_SAY), Length(max=200)], filters=[line])
    legal_name = StringField("Legal name", [Length(max=200)], filters=[line])
    former_names = StringField("Former names", [Length(max=300)], filters=[line])
    place = StringField("Place", [InputRequired(_SAY), Length(max=200)], filters=[line])
    founded = IntegerField("Founded in", [Optional(), NumberRange(1000, 2100, "Enter a year.")])
    registry_name = StringField("Register", [Length(max=200)], filters=[line])
    registry_number = StringField("Number there", [Length(max=40)], filters=[line])
    verified_on = DateField("Looked up there on", [Optional()])
    works_on = StringField("Works on", [Length(max=300)], filters=[line])
    works_in = StringField("Works in", [Length(max=300)], filters=[line])
    blurb = TextAreaField("In a sentence or two", [InputRequired(_SAY), Length(max=600)], filters=[line])
    story = TextAreaField("What it does", [Length(max=10_000)], filters=[lines])
    website = StringField("Website", [Length(max=300)], filters=[line])
    links = TextAreaField("Other links", [Length(max=5_000)], filters=[lines])
    status = SelectField("Status")
    why = StringField("Why the status changes", [Length(max=300)], filters=[line])
    agreement = StringField("Agreement", [Length(max=300)], filters=[line])
    agreement_signed_on = DateField("Signed on", [Optional()])
    agreement_expires_on = DateField("Expires on", [Optional()])
    staff_notes = TextAreaField("Notes for staff", [Length(max=5_000)], filters=[lines])

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.status.choices = STATUSES

    def kept(self) -> Kept:
        """What was typed."""
        facts = NewPartner(
            slug=slug_of(self.name.data, []),
            name=self.name.data,
            legal_name=self.legal_name.data or None,
            former_names=self.former_names.data,
            place=self.place.data,
            founded=self.founded.data,
            registry_name=self.registry_name.data or None,
            registry_number=self.registry_number.data or None,
            blurb=self.blurb.data,
            story=self.story.data,
            website=self.website.data or None,
            links={},
            status=self.status.data,
            verified_on=self.verified_on.data,
            staff_notes=self.staff_notes.data,
            position=0,
        )
        return Kept(facts, self._profile(), links_of(self.links.data), self.why.data)

    def _profile(self) -> Profile:
        return Profile(
            works_on=words_of(self.works_on.data),
            works_in=words_of(self.works_in.data),
            agreement=self.agreement.data,
            agreement_signed_on=self.agreement_signed_on.data,
            agreement_expires_on=self.agreement_expires_on.data,
        )


def filled(facts: NewPartner, profile: Profile, links: list[Link]) -> PartnerForm:
    """The form as it stands for a partner."""
    told = {name: getattr(facts, name) for name in NewPartner.__struct_fields__}
    told |= {name: getattr(profile, name) for name in Profile.__struct_fields__}
    told |= {"works_on": ", ".join(profile.works_on), "works_in": ", ".join(profile.works_in)}
    others = (link for link in links if link.url != facts.website)
    told["links"] = "\n".join(re.sub(r"^(\S+) \1$", r"\1", f"{link.label} {link.url}") for link in others)
    return PartnerForm(formdata=None, data=told)
