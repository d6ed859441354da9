"""A drawing that somebody brought: read as data, refused for whatever could run, load or depend on a machine's fonts.

It is never served. resvg draws it once, without fonts and without a network, and only those pixels are kept.
"""

import re
from xml.etree import ElementTree as ET  # nosec B405  # entities need a document type, which is refused before

from shop.core.errors import Invalid

LARGEST = 2 * 1024 * 1024  # bytes of text
MOST_ELEMENTS = 20_000
DEEPEST = 60
SPACE = "{http://www.w3.org/2000/svg}"
FORBIDDEN = {
    "script": "it holds a script",
    "foreignObject": "it holds a foreign object",
    "image": "it holds another picture; embed only shapes",
    "feImage": "it loads another picture",
    "text": "it holds live text; turn words into outlines first",
    "animate": "it moves",
    "set": "it moves",
    "animateTransform": "it moves",
    "animateMotion": "it moves",
    "a": "it holds a link",
    "iframe": "it holds a frame",
}
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)
_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(", re.IGNORECASE)


def checked_drawing(data: bytes) -> str:
    """The drawing's text, when there is nothing in it to be afraid of. Raises Invalid, saying what there is."""
    if len(data) > LARGEST:
        raise _refused("it has more than 2 MB of text; simplify its paths")
    if _DECLARES.search(data):
        raise _refused("it declares a document type or a stylesheet; export it as plain SVG")
    try:
        text = data.decode("utf-8-sig")
        root = ET.fromstring(text)  # noqa: S314  # nosec B314  # as above
    except (UnicodeDecodeError, ET.ParseError) as error:
        raise _refused("it cannot be read as SVG") from error
    if root.tag != f"{SPACE}svg":
        raise _refused("it is XML, but no SVG")
    _look_through(root)
    return text


def _look_through(root: ET.Element) -> None:
    waiting, seen = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        seen += 1
        if seen > MOST_ELEMENTS or depth > DEEPEST:
            raise _refused("it has too many parts; flatten or simplify it")
        _look_at(element)
        waiting += [(child, depth + 1) for child in element]


def _look_at(element: ET.Element) -> None:
    name = element.tag.rpartition("}")[2]
    if name in FORBIDDEN:
        raise _refused(FORBIDDEN[name])
    if name == "style" and _REFERENCE.search(element.text or ""):
        raise _refused("its styles load something from elsewhere")
    for attribute, value in element.attrib.items():
        short = attribute.rpartition("}")[2].lower()
        if short.startswith("on"):
            raise _refused("it holds a script")
        if short in ("href", "src") and not value.startswith("#"):
            raise _refused("it points at something outside of itself")
        if _REFERENCE.search(value):
            raise _refused("it loads something from elsewhere")


def _refused(why: str) -> Invalid:
    return Invalid(f"We cannot take this drawing: {why}.", field="file")
