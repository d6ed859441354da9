"""The blocks of a story, each with what it needs of other rooms; what no longer exists is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from shop.campaigns.rules import kinds
from shop.campaigns.rules.films import NAMES, frame_address
from shop.campaigns.rules.markdown import Prose, leads_away, prose_html
from shop.campaigns.rules.views import ClaimView, Film, HelplineView
from shop.core.formats import money_text
from shop.core.languages import _, cached_by_language, language_named, spoken
from shop.core.wordings import like
from shop.giving.rules import PartnerCard, PledgeTerms
from shop.journeys.order_words import ships_by_words
from shop.media.photos.rules import Photograph, photo_id
from shop.web.present import addresses, cards, pledges
from shop.web.present.helplines import helplines
from shop.web.present.photographs import photograph
from shop.web.present.pictures import POSTER_CLOTH, garment_picture
from shop.web.reads.choices import Choice
from shop.web.view_models import blocks as shown
from shop.web.view_models.parts import ProductCard

FEW = 5  # of a tee in all: said beside it


class Means(Struct, frozen=True, kw_only=True):
    """What a story points to, by slug or key; `partners` are those of the whole story in their order;
    `body` is its text, which knows its language."""

    body: str
    claims: Mapping[str, ClaimView]
    numbers: Mapping[str, int]
    tees: Mapping[str, shown.ShelfTee]
    partners: Sequence[PartnerCard]
    named: Mapping[str, PartnerCard]
    videos: Mapping[str, Film]
    photographs: Mapping[int, Photograph]
    lines: Sequence[HelplineView]


def slugs_in(blocks: Iterable[kinds.Block]) -> tuple[str, ...]:
    """Products that the shelves name, each once."""
    return tuple(dict.fromkeys(slug for one in blocks if isinstance(one, kinds.TeesBlock) for slug in one.slugs))


def partners_in(blocks: Iterable[kinds.Block]) -> tuple[str, ...]:
    """Partners that have a card of their own, each once."""
    return tuple(dict.fromkeys(one.slug for one in blocks if isinstance(one, kinds.PartnerBlock)))


def tee(card: ProductCard, slug: str, choices: Sequence[Choice], terms: PledgeTerms | None) -> shown.ShelfTee:
    """A product of a shelf in a story, to be chosen there and then."""
    return shown.ShelfTee(
        card=card,
        slug=slug,
        pledge=pledges.pledge(terms) if terms else None,
        stock=_stock(choices),
        add_url=addresses.ADD_TO_CART,
        choices=_choices(tuple(choices)),
    )


def blocks(all_of_them: Iterable[kinds.Block], means: Means) -> tuple[shown.Block, ...]:
    """In order; figures that follow each other stand side by side."""
    answer: list[shown.Block] = []
    for together, run in groupby(all_of_them, key=lambda one: isinstance(one, kinds.ClaimBlock)):
        if together:
            answer += _claims([one for one in run if isinstance(one, kinds.ClaimBlock)], means)
        else:
            answer += [block for one in run if (block := _pointing(one, means) or _plain(one, means))]
    return tuple(answer)


def _pointing(one: kinds.Block, means: Means) -> shown.Block | None:
    """Blocks that show something of another room."""
    match one:
        case kinds.TeesBlock(slugs=slugs):
            shelf = tuple(means.tees[slug] for slug in slugs if slug in means.tees)
            return shown.ShelfBlock(heading=_("Wear the story"), tees=shelf) if shelf else None
        case kinds.PartnersBlock():
            return shown.PartnersBlock(partners=cards.partners(means.partners)) if means.partners else None
        case kinds.PartnerBlock(slug=slug):
            found = means.named.get(slug)
            return shown.PartnersBlock(partners=cards.partners([found])) if found else None
        case kinds.VideoBlock(key=key):
            return video(means.videos[key]) if key in means.videos else None
        case _:
            return None


def _plain(one: kinds.Block, means: Means) -> shown.Block | None:
    match one:
        case Prose(html=html):
            return shown.ProseBlock(html=like(means.body, html))
        case kinds.HelplinesBlock():
            return shown.HelplinesBlock(lines=helplines(means.lines)) if means.lines else None
        case kinds.NoteBlock(text=text, skip_to=skip_to):
            return shown.ContentNoteBlock(text=like(means.body, text), skip_to=skip_to)
        case kinds.CallBlock(text=text, url=url):
            return shown.CallBlock(text=like(means.body, text), url=url, away=leads_away(url))
        case kinds.PictureBlock(artwork=artwork, words=words):
            return _picture(artwork, words, means)
        case _:
            return None


def _picture(key: str, words: str, means: Means) -> shown.Block | None:
    """A drawing, or a picture of the library with its own words where the story gives none."""
    number = photo_id(key)
    if number is None:
        drawn = garment_picture("tee", "front", POSTER_CLOTH, key, large=True)
        return shown.PictureBlock(picture=shown.described(drawn, words), words=words)
    if number not in means.photographs:
        return None
    found = photograph(means.photographs[number])
    return shown.PictureBlock(
        picture=shown.described(found, words) if words else found,
        words=words or found.alt,
        credit=means.photographs[number].credit,
    )


@cached_by_language(maxsize=256)
def video(film: Film) -> shown.VideoBlock:
    """A film behind its poster, with captions in the language spoken where there are some."""
    return shown.VideoBlock(
        title=film.title,
        url=addresses.watch(film.key),
        publisher=film.publisher,
        host=NAMES[film.provider],
        frame_url=frame_address(film.provider, film.source, spoken().code),
        file_url=addresses.film(film.source) if film.provider == "file" else "",
        tracks=_tracks(film) if film.provider == "file" else (),
        length=film.length,
        transcript_html=like(film.transcript, prose_html(film.transcript)),
        picture=garment_picture("tee", "front", POSTER_CLOTH, film.artwork, large=True) if film.artwork else None,
    )


def _tracks(film: Film) -> tuple[shown.Track, ...]:
    """The first one is shown at once."""
    codes = (film.captioned, "") if film.captioned else ("",)
    return tuple(_track(film.source, code) for code in codes)


def _track(source: str, code: str) -> shown.Track:
    language = language_named(code)
    return shown.Track(url=addresses.captions(source, code), language=language.code, name=language.name)


def _claims(run: Sequence[kinds.ClaimBlock], means: Means) -> list[shown.Block]:
    found = tuple(_claim(means.numbers[one.key], means.claims[one.key]) for one in run if one.key in means.claims)
    return [shown.ClaimsBlock(claims=found)] if found else []


def _claim(number: int, claim: ClaimView) -> shown.Claim:
    place = "" if claim.place.lower() == "not stated" else f"{claim.place}, "
    return shown.Claim(
        value=claim.value,
        text=claim.says,
        frame=like(claim.claimant, f"{claim.claimant}. {place}{claim.period}."),
        number=number,
    )


def _stock(choices: Sequence[Choice]) -> str:
    left = sum(max(one.available, 0) for one in choices)
    if left <= 0:
        days = [one.to_come for one in choices if one.to_come]
        return ships_by_words(max(days)) if days else _("Sold out")
    return _("Only %(count)s left in all", count=left) if left <= FEW else _("In stock")


@cached_by_language(maxsize=1_024)
def _choices(choices: tuple[Choice, ...]) -> tuple[shown.ColourSizes, ...]:
    """Each colour with its sizes; one that is sold out or a pre-order says so, and one that costs more how much."""
    least = min((one.price.minor for one in choices), default=0)
    found: dict[str, list[tuple[str, str]]] = {}
    for one in choices:
        price = f" ({money_text(one.price)})" if one.price.minor > least else ""
        to_come = f", {ships_by_words(one.to_come)}" if one.to_come else ""
        gone = _(", sold out") if one.gone else to_come
        found.setdefault(one.colour_name, []).append((f"{one.colour}/{one.size}", f"{one.size_name}{price}{gone}"))
    return tuple(shown.ColourSizes(colour=colour, sizes=tuple(sizes)) for colour, sizes in found.items())
