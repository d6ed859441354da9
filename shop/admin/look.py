"""Colours and headings of the store's pages: measured, seen before they are kept, and taken back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, request, url_for
from msgspec import Struct
from msgspec.structs import replace

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.routes import Answer, asks, see_other
from shop.core.database import end_read
from shop.core.errors import Conflict, ShopError
from shop.frame.look import (
    FACES,
    GROUNDS,
    OWN,
    SHAPE,
    TEXT,
    Ground,
    Look,
    Measured,
    deeper,
    measured,
    regular,
    unpacked_look,
)
from shop.frame.queries import Kept, kept_part
from shop.journeys.keep_frame import keep_look
from shop.staff.rules.permissions import Permission


class Sample(Struct, frozen=True):
    """One scheme as the page draws it."""

    scheme: str
    accent: str
    deep: str
    ground: Ground
    found: Measured


@asks("/settings/look", needs=Permission.SET_UP)
def store_look() -> Answer:
    """One form: look at it, keep it, or go back to how the store comes."""
    kept = kept_part("look")
    end_read()
    there = unpacked_look(kept.content) if kept else OWN
    if request.method == "GET":
        return _shown(kept, there, there, {})
    typed, wrong = regular(_typed(request.form))
    press = request.form.get("do", "")
    if not pressed():
        return _shown(kept, there, typed, wrong, status=400)
    if press in ("look", "light", "dark") or wrong:
        return _shown(kept, there, typed, wrong, status=422 if wrong else 200)
    return _kept(kept, there, typed)


def _kept(kept: Kept | None, there: Look, typed: Look) -> Answer:
    try:
        keep_look(typed, seen=_seen(request.form), actor=current().name)
    except Conflict as problem:
        now = kept_part("look")
        end_read()
        return _shown(now, unpacked_look(now.content) if now else OWN, typed, {}, problem=problem)
    except ShopError as problem:
        return _shown(kept, there, typed, {problem.field or "light": problem.message}, status=problem.kind.value)
    flash("Kept. Visitors see it within seconds.", "success")
    return see_other(url_for("admin.store_look"))


def _typed(form: Mapping[str, str]) -> Look:
    """What stands in the fields; a press may put a colour that passes, or the store's own look, in their place."""
    look = Look(*(form.get(name, "").strip()[:20] for name in ("light", "dark", "face")))
    press = form.get("do", "")
    if press == "reset":
        return OWN
    if press in GROUNDS:
        return replace(look, **{press: form.get(f"{press}-instead", "")[:20]})
    return look


def _shown(
    kept: Kept | None,
    there: Look,
    typed: Look,
    wrong: dict[str, str],
    *,
    status: int = 200,
    problem: ShopError | None = None,
) -> Answer:
    return page(
        "admin/look.html",
        status=problem.kind.value if problem else status,
        kept=kept,
        there=there,
        typed=typed,
        own=OWN,
        faces=FACES,
        samples=[_sample(scheme, typed, there) for scheme in GROUNDS],
        needed={"words": TEXT, "shape": SHAPE},
        errors=[{"field": name, "message": sentence} for name, sentence in wrong.items()],
        problem=problem,
    )


def _sample(scheme: str, typed: Look, there: Look) -> Sample:
    """What was typed; where that is no colour, what is kept."""
    accent = getattr(typed, scheme)
    if len(accent) != len(OWN.light) or regular(typed)[1].get(scheme, "").startswith("Write"):
        accent = getattr(there, scheme)
    ground = GROUNDS[scheme]
    return Sample(scheme, accent, deeper(accent, ground), ground, measured(scheme, accent))


def _seen(form: Mapping[str, str]) -> int:
    return whole_number(form.get("seen"))
