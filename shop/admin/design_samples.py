"""What the components on the design page are filled with; nothing of it is a fact about anybody."""

from __future__ import annotations

from typing import Any

from shop.media.paths import picture_path
from shop.media.rules import PictureSpec

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
Sample = dict[str, Any]


def samples(*, wordy: bool) -> Sample:
    """Values for each component, short or with the longest words."""
    name = f"{LONG} Tee" if wordy else "North Star Tee"
    said = f"A sentence with {LONG} in it, which must break and never push the page." if wordy else "A short sentence."
    return {
        "name": name,
        "said": said,
        "cards": [_card(name, flag) for flag in ("", "Sold out")],
        "story": _story(name, said),
        "partner": _partner(name, said),
        "pledge": {"sentence": f"We give Polaris $5 from each {name} sold.", "terms": "Up to $5,000.", "url": "#"},
        "rows": [_sum("Tees", "$64.00"), _sum("Delivery", "$4.95", note=said), _sum("Total", "$68.95", total=True)],
        "line": _line(name),
        "figures": [{"value": "$412.00", "label": name, "note": said}],
        "told": [(name, said), ("Second", said), ("Third", said)],
        "errors": [{"field": "wrong", "message": said}],
        "facts": [{"label": "Fabric", "value": said}, {"label": name, "value": "Cotton"}],
        "sizes_shown": [("S", "selected"), ("M", ""), ("L", "sold out"), ("2XL", "dearer")],
        "amounts": [{"value": str(one), "label": f"${one}", "selected": one == 10} for one in (5, 10, 25)],
        "pages": {
            "pages": [
                {"label": "1", "url": "#", "current": True, "after_others": False},
                {"label": "2", "url": "#", "current": False, "after_others": False},
                {"label": "9", "url": "#", "current": False, "after_others": True},
            ],
            "previous_url": "",
            "next_url": "#",
        },
        "crumbs": [{"label": "Shop", "url": "#", "current": False}, {"label": name, "url": "", "current": True}],
        "events": [_event("January 2", said), _event("January 5", name)],
    }


def picture(view: str = "front") -> Sample:
    """A black tee, with a word for those who cannot see it."""
    spec = PictureSpec("tee", view, "#1d1b19", "north-star")
    src = f"/media/{picture_path(spec, 480, 'webp')}"
    return {"src": src, "alt": "", "width": 480, "height": 600, "srcset": "", "sources": (), "tint": "", "focus": ""}


def _card(name: str, flag: str) -> Sample:
    return {
        "url": "#",
        "name": name,
        "price": "From $32.00",
        "picture": picture(),
        "second": picture("folded"),
        "swatches": ("#1d1b19", "#f6f1e7", "#2f4a3a"),
        "colours": "3 colours",
        "pledge": "Gives $5 to Polaris",
        "flag": flag,
    }


def _story(name: str, said: str) -> Sample:
    return {"url": "#", "title": name, "standfirst": said, "date": "January 2", "label": "", "picture": picture()}


def _partner(name: str, said: str) -> Sample:
    status = {"label": "To be verified by staff", "tone": "warning"}
    return {"url": "#", "name": name, "blurb": said, "formerly": name, "facts": ("A place",), "status": status}


def _event(when: str, text: str) -> Sample:
    return {"stamp": "2026-01-02", "when": when, "text": text}


def _sum(label: str, amount: str, *, note: str = "", total: bool = False) -> Sample:
    return {"label": label, "amount": amount, "note": note, "total": total}


def _line(name: str) -> Sample:
    words = {"name": name, "options": "Ink, M", "quantity": 2, "unit_price": "$32.00", "total": "$64.00"}
    return {**words, "url": "#", "picture": picture(), "pledge": "We give Polaris $5 from each.", "note": ""}
