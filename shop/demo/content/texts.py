"""Reads the Markdown bodies that lie beside these modules."""

from pathlib import Path

_TEXT_FOLDER = Path(__file__).parent / "text"


def read_text(*, folder: str, slug: str) -> str:
    """The Markdown of `text/FOLDER/SLUG.md`, ending in one newline.

    Raises FileNotFoundError when a record names a body that was never written.
    """
    return (_TEXT_FOLDER / folder / f"{slug}.md").read_text(encoding="utf-8").strip() + "\n"
