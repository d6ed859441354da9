"""Helplines as people dial them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from shop.campaigns.rules.views import HelplineView
from shop.core.formats import date_text
from shop.core.languages import _, cached_by_language
from shop.web.view_models.parts import Helpline


@cached_by_language(maxsize=256)
def _helpline(line: HelplineView) -> Helpline:
    ways = (
        _("Text %(number)s", number=line.text) if line.text else "",
        _("TTY %(number)s", number=line.tty) if line.tty else "",
        line.hours,
        line.languages,
    )
    site = line.chat_url or line.report_url or ""
    return Helpline(
        country=line.country_name,
        name=line.name,
        number=line.phone,
        number_url=f"tel:{re.sub(r'[^0-9+]', '', line.phone)}",
        checked=_("Checked %(date)s", date=date_text(line.last_checked)),
        ways=tuple(way for way in ways if way),
        site_label=_site(line, _host(site)) if site else "",
        site_url=site,
    )


def _site(line: HelplineView, host: str) -> str:
    return _("Chat at %(site)s", site=host) if line.chat_url else _("Report at %(site)s", site=host)


def helplines(lines: Iterable[HelplineView]) -> tuple[Helpline, ...]:
    """In the order staff gave them."""
    return tuple(map(_helpline, lines))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")
