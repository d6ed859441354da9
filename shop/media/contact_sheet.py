"""Contact sheets for the eye: `python -m shop.media.contact_sheet [folder]` draws them into docs/contact-sheets."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from shop.media.lettering import set_line
from shop.media.raster import encode, rasterise
from shop.media.rules import PictureSpec, artwork, artwork_keys, draw, garments, views
from shop.media.tones import tones

FOLDER = Path(__file__).parents[2] / "docs" / "contact-sheets"
COLOURS = {
    "Black": "#141414",
    "White": "#f7f6f3",
    "Cream": "#ead9b8",
    "Navy": "#1f2a44",
    "Forest": "#2f5d46",
    "Coral": "#e2583e",
}
CELL, LABEL = 216, 26


def _image(svg: str, width: int) -> Image.Image:
    return Image.open(BytesIO(rasterise(svg, width=width, format="png")))


def _label(text: str, width: int) -> Image.Image:
    words = set_line(text, size=15, x=8, y=18)
    return _image(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {LABEL}"><rect width="{width}" height="{LABEL}" '
        f'fill="#fff"/><path fill="#1d1b19" d="{words.path}"/></svg>',
        width,
    )


def _grid(cells: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    wide, high = cells[0][1].size
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (wide * columns, (high + LABEL) * rows), "#ffffff")
    for index, (name, image) in enumerate(cells):
        x, y = index % columns * wide, index // columns * (high + LABEL)
        sheet.paste(image, (x, y))
        sheet.paste(_label(name, wide), (x, y + high))
    return sheet


def garment_sheet(names: tuple[str, ...]) -> Image.Image:
    """Every view of these garments in every colour, with a different artwork in each row."""
    keys, cells, row = artwork_keys(), [], 0
    for garment in names:
        for view in views(garment):
            key = keys[(row * 3 + len(garment)) % len(keys)]
            for colour_name, colour in COLOURS.items():
                svg = draw(PictureSpec(garment, view, colour, key))
                cells.append((f"{garment} {view}, {colour_name}", _image(svg, CELL)))
            row += 1
    return _grid(cells, len(COLOURS))


def _flat(key: str, colour: str) -> str:
    print_, paints = artwork(key), tones(colour)
    body = print_.body.replace("#ff6a3d", paints.accent).replace("#ffffff", paints.cloth)
    left = (340 - print_.width_mm) / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 340 408"><rect width="340" height="408" '
        f'fill="{paints.cloth}"/><g color="{paints.ink}" transform="translate({left:g} 30)">{body}</g></svg>'
    )


def artwork_sheet() -> Image.Image:
    """Every artwork flat, on dark and on light cloth."""
    shown = [(key, name) for key in artwork_keys() for name in ("Navy", "Cream")]
    return _grid([(f"{key}, {name}", _image(_flat(key, COLOURS[name]), CELL)) for key, name in shown], 6)


def make(folder: Path) -> None:
    """Writes the sheets as WebP."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = {"artworks": artwork_sheet()} | {name: garment_sheet((name,)) for name in garments()}
    for name, sheet in sheets.items():
        (folder / f"{name}.webp").write_bytes(encode(sheet, format="webp"))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
