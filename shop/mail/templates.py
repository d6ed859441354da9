"""Turns a kind of letter and its facts into words: `templates/email/KIND.txt` and `.html`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shop.core.languages import teach
from shop.mail.added import NOTHING, Added

FOLDER = Path(__file__).parent.parent.parent / "templates"


def render(kind: str, facts: dict[str, object], added: Added = NOTHING) -> tuple[str, str]:
    """The plain text and the HTML of a letter, with what staff add to it."""
    facts = {**facts, "added": added}
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
