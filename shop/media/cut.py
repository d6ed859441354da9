"""What a garment is made of on paper: pieces, folds, seams and bands, as path data in an 800 x 1,000 frame."""

from msgspec import Struct

from shop.media.geometry import Creases, Dents

SMOOTH = Dents()


class PrintArea(Struct, frozen=True):
    """Where artwork goes: centre and top in units, units per mm, the largest width and height, a turn in degrees."""

    centre: float
    top: float
    scale: float
    width: float
    height: float
    turn: float = 0.0


class Rib(Struct, frozen=True):
    """A knitted band: the path along its middle and its width in units."""

    path: str
    width: float


class Cut(Struct, frozen=True):
    """One garment seen from one side.

    `inside` shows through openings and is drawn first; `body` is the trunk, whose sides turn away from the light
    between the two x of `sides`; `shades` are soft shadows that are no folds; `ribs` lie over the edge and `bands`
    within it; `hollow` is an opening in the cloth, such as a hood's; `cords` and `straps` lie over everything and
    `back_straps` behind; `prop` is ready SVG seen through the neck (a hanger); `lift` moves the whole up in its frame.
    """

    outline: str
    print_area: PrintArea
    folds: Creases
    dents: Dents = SMOOTH
    inside: str = ""
    body: str = ""
    sides: tuple[float, float] = (150, 652)
    shades: str = ""
    seams: str = ""
    stitches: str = ""
    ribs: tuple[Rib, ...] = ()
    bands: tuple[Rib, ...] = ()
    inner_ribs: tuple[Rib, ...] = ()
    tape: str = ""
    label: tuple[float, float] | None = None
    prop: str = ""
    hollow: str = ""
    cords: str = ""
    straps: str = ""
    back_straps: str = ""
    lift: float = 0
