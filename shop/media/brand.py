"""The marks of the demo brand, Lantern & Thread. `python -m shop.media.brand` writes the files in `static/brand`.

The thread comes down, ties the lantern's handle, and the flame is a star.
"""

from html import escape
from pathlib import Path

from shop.media.garments.tee_at_rest import HANGER
from shop.media.lettering import set_line

BRAND = "Lantern & Thread"
SIGNAL = "#c8371b"
FOLDER = Path(__file__).parents[2] / "static" / "brand"

LANTERN = (
    "M18.5 15h7v2.6c6 1.1 10.2 4 11.9 8.4H6.6c1.7-4.4 5.9-7.3 11.9-8.4zM5 27.5h34v3.5H5z"
    "M8.3 32.5h3.4L10 47H6.4zM35.7 32.5h-3.4L34 47h3.6zM4.5 48.5h35V52h-35zM2.5 53.5h39V56h-39z"
)
STAR = "M22 30l2.2 7.3 6.8 2.2-6.8 2.2L22 49l-2.2-7.3-6.8-2.2 6.8-2.2z"
EMBLEM_BODY = (
    f'<path d="M22 0v4.5a4.7 4.7 0 1 0 .1 0" fill="none" stroke="{SIGNAL}" stroke-width="2.2"/>'
    f'<path fill="currentColor" d="{LANTERN}"/><path fill="{SIGNAL}" d="{STAR}"/>'
)


def _svg(box: str, body: str, title: str) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img"><title>{escape(title)}</title>'
    return f"{head}{body}</svg>\n"


def emblem() -> str:
    """The emblem alone, in the colour of the text around it when it stands inline."""
    return _svg("0 0 44 56", EMBLEM_BODY, BRAND)


def wordmark() -> str:
    """Emblem and name on one line."""
    name = set_line("LANTERN", size=40, x=56, y=47, tracking=30, places=2)
    joined = set_line("&", size=40, x=name.right + 10, y=47, places=2)
    thread = set_line("THREAD", size=40, x=joined.right + 10, y=47, tracking=30, places=2)
    words = f'<path fill="currentColor" d="{name.path}{thread.path}"/><path fill="{SIGNAL}" d="{joined.path}"/>'
    return _svg(f"0 0 {round(thread.right) + 2} 56", EMBLEM_BODY + words, BRAND)


def favicon() -> str:
    """The star in the lantern's window, bold enough for 16 pixels."""
    body = (
        '<rect width="32" height="32" rx="7" fill="#1d1b19"/><path d="M16 0v5" stroke="#ff6a3d" stroke-width="2"/>'
        '<path fill="#f8f2e4" d="M12.5 5h7v2.5l5.5 3V13H7v-2.5l5.5-3zM7 25.5h18V28H7z"/>'
        '<path fill="#ffb53c" d="M16 13.5l1.7 4.3 4.3 1.7-4.3 1.7L16 25.5l-1.7-4.3-4.3-1.7 4.3-1.7z"/>'
    )
    return _svg("0 0 32 32", body, BRAND)


def hanger() -> str:
    """A hanger with nothing on it, for the page that is not there."""
    return _svg("225 50 350 205", HANGER, "An empty hanger")


def icon(size: int, *, maskable: bool = False) -> bytes:
    """The favicon as a PNG for home screens; a maskable one fills its square and keeps to the middle four fifths."""
    drawn = favicon()
    if maskable:
        drawn = drawn.replace(' rx="7"', "").replace('viewBox="0 0 32 32"', 'viewBox="-5 -5 42 42"')
        drawn = drawn.replace('width="32" height="32"', 'x="-5" y="-5" width="42" height="42"')
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawn, width=size, skip_system_fonts=True))


def write() -> None:
    """Writes the brand's files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "hanger.svg").write_text(hanger(), encoding="utf-8")
    for name, content in {
        "icon-180.png": icon(180, maskable=True),
        "icon-192.png": icon(192),
        "icon-512.png": icon(512),
        "icon-maskable-512.png": icon(512, maskable=True),
    }.items():
        (FOLDER / name).write_bytes(content)
    for name, mark in (("emblem", emblem()), ("wordmark", wordmark()), ("favicon", favicon())):
        (FOLDER / f"{name}.svg").write_text(mark, encoding="utf-8")


if __name__ == "__main__":
    write()
