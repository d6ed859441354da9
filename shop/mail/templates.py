"""Turns a kind of letter and its facts into words: `templates/email/KIND.txt` and `.html`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shop.core.languages import teach

FOLDER = Path(__file__).parent.parent.parent / "templates"


def render(kind: str, facts: dict[str, object]) -> tuple[str, str]:
    """The plain text and the HTML of a letter."""
    text = _environment().get_template(f"email/{kind}.txt").render(facts)
    return text.strip() + "\n", _environment().get_template(f"email/{kind}.html").render(facts)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    teach(made)
    return made
