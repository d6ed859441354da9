"""The design system on one page: every token and component in its states, for whoever builds or edits pages.

`?dir=rtl` turns it round, `?words=long` fills it with the longest words that we know of; the device's own settings
choose light, dark or forced colours.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app, request

from shop.admin.answers import page
from shop.admin.design_samples import samples
from shop.admin.routes import Answer, shows
from shop.staff.rules.permissions import Permission

_TOKEN = re.compile(r"^\s+--([\w-]+):", re.MULTILINE)
SPACES = frozenset("1 2 3 4 5 6 8 10 12 16".split())
SIZES = ("size-xs", "size-s", "size-m", "size-l", "head-s", "head-m", "head-l", "head-xl")
TONES = ("neutral", "calm", "success", "warning", "danger")


@shows("/design", needs=Permission.SEE_DESIGN)
def design() -> Answer:
    """Everything there is to build pages from."""
    turned = "rtl" if request.args.get("dir") == "rtl" else "ltr"
    wordy = request.args.get("words") == "long"
    colours, spaces, others = _tokens(Path(current_app.root_path) / "static" / "css" / "tokens.css")
    known: dict[str, Any] = {"colours": colours, "spaces": spaces, "sizes": SIZES, "others": others}
    return page("admin/design.html", turned=turned, wordy=wordy, tones=TONES, **known, **samples(wordy=wordy))


@cache
def _tokens(path: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Names of colours, spaces and the rest, read from the one file that defines them, in its order."""
    text = path.read_text(encoding="utf-8").partition("@media")[0]
    names = list(dict.fromkeys(_TOKEN.findall(text)))
    values = {name: text.partition(f"--{name}:")[2].partition(";")[0] for name in names}
    colours = tuple(name for name in names if values[name].strip().startswith("oklch"))
    spaces = tuple(name for name in names if name in SPACES)
    return colours, spaces, tuple(name for name in names if name not in {*colours, *spaces, *SIZES})
