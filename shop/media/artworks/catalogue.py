"""What is known of each artwork, and its drawing read from the file beside this module."""

import re
from functools import cache
from hashlib import sha256
from importlib.resources import files

from msgspec import Struct

CREDIT = "Lantern & Thread studio"
ROOT = re.compile(r'<svg [^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>(.*)</svg>\s*', re.DOTALL)


class Artwork(Struct, frozen=True):
    """A print: its size in mm, its words for people who cannot see it, and its drawing.

    `body` is SVG in millimetres, painted with `currentColor`, the accent and bare cloth (see the package), or a
    picture in its own colours. `moved` is how far right and down of its usual place it hangs, in mm.
    """

    key: str
    title: str
    description: str
    width_mm: int
    height_mm: int
    credit: str
    body: str
    moved: tuple[int, int] = (0, 0)

    @property
    def content(self) -> str:
        """A digest of the drawing."""
        return sha256(self.body.encode()).hexdigest()


DESCRIPTIONS = {
    "north-star": ("Find your north", "a compass star in a graduated ring over the words “Find your north”"),
    "look-closer": ("Look closer", "the words “Look closer” growing line by line, a small star in the O"),
    "every-name-matters": ("Every name matters", "the words “Every name matters” with a thread sewn through them"),
    "rep-the-movement": ("Rep the movement", "the words “Rep the movement”, the last word echoing in thinning lines"),
    "lantern": ("Keep a light on", "a lantern with a star for its flame over the words “Keep a light on”"),
    "open-door": ("The door is open", "an open door with the sun behind it over the words “The door is open”"),
    "cupped-light": ("Hold the light", "two open hands round a star over the words “Hold the light”"),
    "held-together": ("Held together", "woven bands in two colours over the words “Held together”"),
    "hope-is-a-verb": ("Hope is a verb", "a rising sun behind the words “Hope is a verb”"),
    "star-trails": ("Someone is awake", "star trails turning over hills and a house with one lit window"),
}


@cache
def load(key: str) -> Artwork:
    """The artwork of this key. Raises KeyError for a key that is not in the catalogue."""
    title, description = DESCRIPTIONS[key]
    text = files(__package__).joinpath(f"{key}.svg").read_text(encoding="utf-8")
    found = ROOT.fullmatch(text)
    if found is None:
        raise ValueError(f"Artwork {key} is not an SVG with a viewBox from the origin.")
    width, height, body = found.groups()
    return Artwork(key, title, description, int(width), int(height), CREDIT, body)
