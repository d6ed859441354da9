"""What leaves the printer, rendered at 203 dots an inch in black and white as label printers do, and read by a scanner.

Paper that cuts a name or a bar of two dots and a half is found nowhere else.
"""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from shop.admin.papers import Label, Slip, SlipLine, labels_pdf, slips_pdf
from shop.stock import labels as tags
from shop.stock.labels import SHEETS, dots_of, label_sheet, modules_of

pytestmark = pytest.mark.soak
DPI = 203
LONG = (
    "Alexandra Konstantinopoulou-Montgomery of the Upper Valley Community Arts Trust",
    "c/o Community Centre for the Arts, Building C, Apartment 4120, Old Mill Crossing",
    "1287 Old Mill Crossing Road Northwest",
    "Llanfairpwllgwyngyll Springs NY 10001-1234",
)
SHORT_SKU, EAN, LONG_SKU = "LT-RTM-INK-XL", "4006381333931", "LT-LONGSLEEVE-WEATHERED-OCEAN-BLUE-OS-X1"


def printed(document: bytes) -> list[Image.Image]:
    """Its pages as a thermal printer has them: dots, or none."""
    pages = pypdfium2.PdfDocument(document)
    grey = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in pages]
    return [page.point(lambda value: 255 if value > 127 else 0) for page in grey]


def scanned(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def texts(document: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(document)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def ink_at_the_edge(picture: Image.Image, *, millimetres: float = 3) -> bool:
    """Whether something is printed so near to the edge that it was cut, or will be."""
    rim = round(millimetres / 25.4 * DPI)
    inner = picture.crop((rim, rim, picture.width - rim, picture.height - rim))
    return picture.histogram()[0] != inner.histogram()[0]


def test_an_address_of_four_long_lines_stays_on_its_label_and_above_the_bars() -> None:
    sheet = labels_pdf(
        [Label("369-NRTT", ["A plain name"], ["Robin Vale", "1 Example Street"]), Label("7K2-88QW", LONG, LONG)]
    )
    plain, long = printed(sheet)
    assert [scanned(plain), scanned(long)] == [["369-NRTT"], ["7K2-88QW"]]
    assert not ink_at_the_edge(long)
    assert all(word in texts(sheet)[1] for line in LONG for word in line.split("-")[0].split())


def test_a_slip_of_many_long_lines_goes_on_on_a_second_page_without_a_price() -> None:
    line = SlipLine(
        2, "The Long Sleeve With a Remarkably Long Name, Second Edition", "Weathered Ocean Blue, One size", LONG_SKU
    )
    gift = Slip(
        "ABC-1234",
        "For Alexandra",
        "This parcel is a present.",
        "Lantern & Thread",
        LONG,
        [line] * 20,
        "With love. " * 20,
    )
    sheet = slips_pdf([gift])
    pages = printed(sheet)
    assert len(pages) > 1
    assert (scanned(pages[0]), [ink_at_the_edge(page) for page in pages]) == (["ABC-1234"], [False] * len(pages))
    told = " ".join(texts(sheet))
    assert (told.count("Second Edition"), "With love." in told, "$" in told) == (20, True, False)


@pytest.mark.parametrize("name", SHEETS)
def test_every_label_of_a_sheet_is_read(name: str) -> None:
    sheet = SHEETS[name]
    goods = [
        tags.Label("Tee", "Ink, M", SHORT_SKU, None),
        tags.Label("Tee", "Ink, M", "X", EAN),
        tags.Label("T" * 90, "M", LONG_SKU, None),
    ]
    (page,) = printed(label_sheet(goods * 4, sheet, skip=2))
    each = [SHORT_SKU, EAN, LONG_SKU] * 4
    assert [scanned(page.crop(_place(name, number))) for number in range(2, 14)] == [[code] for code in each]


def _place(name: str, number: int) -> tuple[int, int, int, int]:
    sheet, dots = SHEETS[name], DPI / 25.4
    left = sheet.left + number % sheet.across * sheet.step_right
    top = sheet.top + number // sheet.across * sheet.step_down
    return (int(left * dots), int(top * dots), int((left + sheet.width) * dots), int((top + sheet.height) * dots))


def test_bars_are_whole_dots_or_there_are_none() -> None:
    assert [dots_of(modules_of(tags.Label("", "", sku, None)), 59.7) for sku in (SHORT_SKU, LONG_SKU)] == [2, 0]
