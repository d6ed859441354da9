"""What stands round every page: the announcement, and the menus of header and footer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import flash, request, url_for

from shop.admin.access import current
from shop.admin.answers import page, pressed
from shop.admin.asked import whole_number
from shop.admin.routes import Answer, does, see_other, shows
from shop.campaigns.queries.pages import PAGE, pages_kept
from shop.core.columns import Json
from shop.core.database import end_read
from shop.core.errors import Invalid, NotFound, ShopError
from shop.core.languages import ENGLISH, KNOWN
from shop.core.wordings import every_wording
from shop.frame.own import FOOTER, HEADER, own_links
from shop.frame.queries import kept_part
from shop.frame.rules import MENUS, MOST_LINKS, Announcement, Menu, MenuLink, Said, packed_menu
from shop.journeys.keep_frame import keep_announcement, keep_menu
from shop.staff.rules.permissions import Permission

SPARE = 2  # empty lines to add links in
NO_PROBLEM = Invalid("")


@shows("/menus", needs=Permission.KEEP_PAGES)
def menu_list() -> Answer:
    """All three parts, each a form of its own."""
    return _shown()


@does("/menus/announcement", needs=Permission.KEEP_PAGES)
def set_announcement() -> Answer:
    """The line above every page; without words there is none."""
    if not pressed():
        return see_other(url_for("admin.menu_list"))
    end_read()
    try:
        keep_announcement(_typed_announcement(request.form), seen=_seen(request.form), actor=current().name)
    except ShopError as problem:
        return _shown("announcement", request.form, problem)
    flash("Kept. Visitors see it within seconds.", "success")
    return see_other(url_for("admin.menu_list"))


@does("/menus/<slug:name>", needs=Permission.KEEP_PAGES)
def set_menu(name: str) -> Answer:
    """Exactly these links; none gives back the menu that the store comes with."""
    menu = next((one for one in MENUS if one == name), None)
    if menu is None:
        raise NotFound("There is no such menu.")
    if not pressed():
        return see_other(url_for("admin.menu_list"))
    end_read()
    try:
        keep_menu(menu, _typed_links(menu, request.form), seen=_seen(request.form), actor=current().name)
    except ShopError as problem:
        return _shown(menu, request.form, problem)
    flash("Kept. Visitors see it within seconds.", "success")
    return see_other(url_for("admin.menu_list"))


def _shown(part: str = "", typed: Mapping[str, str] | None = None, problem: ShopError = NO_PROBLEM) -> Answer:
    """`typed` is what was sent for `part` and refused; the other parts show what is kept."""
    kept = {name: kept_part(name) for name in ("announcement", *MENUS)}
    own: dict[str, list[MenuLink]] = {"header": own_links(HEADER), "footer": [*_pages(), *own_links(FOOTER)]}
    values = {
        name: _fields(name, found.content if found else packed_menu(own[name]) if name in own else None)
        for name, found in kept.items()
    }
    if typed is not None:
        values[part] = {**values[part], **typed}
    return page(
        "admin/menus.html",
        status=problem.kind.value if problem.message else 200,
        kept=kept,
        values=values,
        lines={name: range(_lines(values[name], MOST_LINKS[name])) for name in MENUS},
        languages=list(KNOWN.values()),
        addresses=[(link.url, link.label.in_(ENGLISH.code)) for link in (*own["header"], *own["footer"])],
        part=part,
        problem=problem,
    )


def _pages() -> list[MenuLink]:
    kept = pages_kept()
    said = every_wording(PAGE, [one.id for one in kept])
    links = []
    for one in kept:
        others = {code: texts.get("title", "") for code, texts in said.get(one.id, {}).items()}
        links.append(MenuLink(f"/pages/{one.text.slug}", Said.of({ENGLISH.code: one.text.title} | others)))
    return links


def _fields(name: str, content: Json | None) -> dict[str, str]:
    """What is kept, as the fields of its form."""
    if content is None:
        return {}
    if name == "announcement":
        said = {f"{what}-{code}": text for what in ("text", "label") for code, text in content[what].items()}
        moments = {"from": content["starts_at"], "until": content["ends_at"]}
        return said | {"url": content["url"]} | {key: (value or "")[:16] for key, value in moments.items()}
    fields: dict[str, str] = {}
    for number, link in enumerate(content["links"]):
        fields |= {f"place-{number}": str(number + 1), f"url-{number}": link["url"]}
        fields |= {f"{code}-{number}": text for code, text in link["label"].items()}
    return fields


def _lines(fields: Mapping[str, str], most: int) -> int:
    used = [int(name[4:]) + 1 for name, text in fields.items() if name.startswith("url-") and text.strip()]
    return min(max(used, default=0) + SPARE, most)


def _typed_links(menu: Menu, form: Mapping[str, str]) -> list[MenuLink]:
    """The lines that hold anything, in the order of their places; equal places keep the order of the page."""
    found = []
    for number in range(MOST_LINKS[menu]):
        words = {code: form.get(f"{code}-{number}", "") for code in KNOWN}
        link = MenuLink(form.get(f"url-{number}", "").strip(), Said.of(words))
        if link.url or link.label.words:
            found.append((_place(form.get(f"place-{number}", ""), number), link))
    return [link for _place_of, link in sorted(found, key=lambda one: one[0])]


def _place(text: str, number: int) -> int:
    return whole_number(text, other=number + 1)


def _typed_announcement(form: Mapping[str, str]) -> Announcement:
    said = {what: Said.of({code: form.get(f"{what}-{code}", "") for code in KNOWN}) for what in ("text", "label")}
    moments = [_moment(form.get(name, ""), name) for name in ("from", "until")]
    return Announcement(said["text"], form.get("url", "").strip(), said["label"], *moments)


def _moment(text: str, field: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=UTC)
    except ValueError as error:
        raise Invalid("Enter a day and a time, such as 2026-12-01T09:00.", field=field) from error


def _seen(form: Mapping[str, str]) -> int:
    return whole_number(form.get("seen"))
