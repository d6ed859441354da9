"""Finds pages by following links, and every form that stands on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.support.client import SeparateClient

A_RULE = 2  # pages of one address pattern that are looked at: products look alike


@dataclass
class Form:
    """A form as a browser has it: where it goes, how, and what is filled in already."""

    page: str
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def open_fields(self) -> list[str]:
        """What somebody could type or choose; without the token, which only a forger changes."""
        return list(dict.fromkeys(name for name, _ in self.fields if not name.endswith("csrf_token")))

    def filled(self, **typed: str) -> list[tuple[str, str]]:
        """The form's values, with those named replaced once."""
        kept = [(name, value) for name, value in self.fields if name not in typed]
        return [*kept, *typed.items()]


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.links, self._area, self._select = page, list[Form](), list[str](), "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(urljoin(self.page, told["href"]))
        elif tag == "form":
            action = urljoin(self.page, told.get("action") or self.page)
            self.forms.append(Form(self.page, action, told.get("method", "get").lower()))
        elif self.forms and told.get("name"):
            self._field(tag, told)
        elif self.forms and tag == "option" and self._select and "selected" in told:
            self.forms[-1].fields.append((self._select, told.get("value", "")))

    def _field(self, tag: str, told: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], told["name"], told.get("type", tag)
        form.kinds.setdefault(name, kind)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            form.fields.append((name, ""))
        elif tag == "input" and (kind not in ("checkbox", "radio") or "checked" in told):
            form.fields.append((name, told.get("value", "")))
        elif tag == "input" and name not in form.open_fields:
            form.fields.append((name, told.get("value", "on")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select and self._select not in self.forms[-1].open_fields:
            self.forms[-1].fields.append((self._select, ""))
        if tag == "select":
            self._select = ""


def forms_of(
    app: Flask, client: SeparateClient, starts: Iterable[str], *, under: str, leaves: Iterable[str] = ()
) -> Iterator[Form]:
    """Every form that is sent by POST on pages reached from `starts` within `under`, one for each pattern of action.

    `leaves` are paths that are never opened: they would end the visit.
    """
    waiting, seen, counted, found = list(starts), set(leaves), Counter[str](), set[tuple[str, frozenset[str]]]()
    while waiting:
        path = waiting.pop(0)
        rule = _rule(app, path, "GET")
        if path in seen or rule is None or counted[rule] >= A_RULE:
            continue
        seen.add(path)
        counted[rule] += 1
        answer = client.get(path)
        assert answer.status_code < 500, path
        if answer.mimetype != "text/html":
            continue
        reader = _Reader(path)
        reader.feed(answer.get_data(as_text=True))
        waiting += [one for link in reader.links if (one := _within(link, under))]
        for form in reader.forms:
            known = (_rule(app, urlsplit(form.action).path, "POST") or "", frozenset(form.open_fields))
            if form.method == "post" and known[0] and known not in found:
                found.add(known)
                yield form


def _within(link: str, under: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.startswith(under):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _rule(app: Flask, path: str, method: str) -> str | None:
    try:
        rule, _ = app.url_map.bind("shop.test").match(urlsplit(path).path, method=method, return_rule=True)
    except (HTTPException, RequestRedirect):
        return None
    return str(rule)
