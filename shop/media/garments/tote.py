"""The tote: 38 x 42 cm of canvas with long handles; no collar, a few broad folds, firm corners."""

from shop.media.cut import Cut, PrintArea
from shop.media.geometry import crumple, curve, folds

UNITS_PER_MM = 1.28

BAG = (
    "158,372! 240,366 330,371 420,366 520,370 644,368! 648,470 651,600 647,740 645,880 640,916! 632,924! "
    "540,930 400,934 270,931 172,926! 163,918! 158,820 153,690 157,540!"
)
HANDLE = "M268 392C262 210 300 92 352 76C420 60 512 120 532 390"
BEHIND = "M282 380C290 240 322 128 372 112C440 96 506 180 518 380"
SHARED = """
    172,920 230,840 330,800 17
    632,918 570,850 470,820 17
    158,560 230,600 300,700 13
    648,540 590,600 548,700 14
    268,460 300,560 290,690 13
    532,460 500,570 520,700 13
    400,934 390,860 420,760 10
    164,380 190,470 184,560 10
    640,376 618,470 626,580 11
"""


def _bag(*, prints: float, seed: int, extra: str) -> Cut:
    return Cut(
        outline=curve(BAG, closed=True),
        print_area=PrintArea(400, prints, UNITS_PER_MM, 330, 400),
        folds=folds(SHARED + extra),
        dents=crumple(seed, (175, 390, 630, 915), 18, ((172, 930), (632, 930)), upright=0.5, length=90),
        body=curve(BAG, closed=True),
        sides=(152, 652),
        shades="M150 370Q400 420 650 370L650 376Q400 404 150 378zM160 900Q400 950 640 900V940H160z",
        seams="M158 410Q400 402 648 408",
        stitches=(
            "M159 404Q400 397 648 402M159 417Q400 409 649 415M256 396H280V470H256zM256 396L280 470M280 396L256 470"
            "M520 394H544V468H520zM520 394L544 468M544 394L520 468M170 914Q400 928 634 912"
        ),
        back_straps=BEHIND,
        straps=f"{HANDLE}V470M268 392V472",
    )


FRONT = _bag(prints=492, seed=5, extra="330,470 380,520 470,500 9")
BACK = _bag(prints=492, seed=14, extra="470,470 420,540 330,520 9")
