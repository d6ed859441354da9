"""What is sewn on or knitted in: ribs, seams and stitches, hoods, cords and straps, as SVG."""

from shop.media.cut import Cut, Rib
from shop.media.tones import Tones

WIDE_BAND = 36


def strength(value: float) -> str:
    """An opacity as SVG likes it: short."""
    return f"{min(value, 0.99):.2f}".lstrip("0")


def path_of(d: str, attributes: str) -> str:
    """A path element, or nothing for an empty path."""
    return f'<path d="{d}" {attributes}/>' if d else ""


def ribbing(name: str, ribs: tuple[Rib, ...], tones: Tones, *, inner: bool = False) -> str:
    """A knitted band is one line drawn four times: edge, cloth, the light along its crown, and furrows across it."""
    cloth = tones.inner if inner else tones.cloth
    furrow, crown = strength(tones.shade_strength * 0.42), strength(tones.light_strength * 0.4)
    drawn = ""
    for index, rib in enumerate(ribs):
        wide, use = rib.width, f'<use href="#{name}{index}" stroke'
        lit = f'{use}="{tones.light}" stroke-opacity="{crown}" stroke-width="{wide * 0.5:g}"/>'
        drawn += (
            f'<defs><path id="{name}{index}" d="{rib.path}"/></defs>'
            f'{use}="{tones.edge}" stroke-opacity=".7" stroke-width="{wide + 1.6:g}"/>'
            f'{use}="{cloth}" stroke-width="{wide:g}"/>{lit if wide < WIDE_BAND else ""}'
            f'{use}="{tones.shade}" stroke-opacity="{furrow}" stroke-width="{wide:g}" stroke-dasharray="1.2 2.3"/>'
        )
    return f'<g fill="none">{drawn}</g>' if drawn else ""


def sewing(cut: Cut, tones: Tones) -> str:
    """Seams, each with the light on its upper lip, and rows of stitches."""
    seam = tones.seam_strength
    line = path_of(cut.seams, f'stroke-opacity="{strength(seam)}" stroke-width="1.7"')
    stitch = f'stroke-opacity="{strength(seam * 0.9)}" stroke-width="1.1" stroke-dasharray="3 2"'
    lit = f'stroke="{tones.light}" stroke-opacity="{strength(tones.light_strength * 0.55)}"'
    lit += ' transform="translate(-1 -1.6)"'
    return (
        f'<g fill="none" stroke-linecap="round">{path_of(cut.seams, lit)}'
        f'<g stroke="{tones.edge}">{line}{path_of(cut.stitches, stitch)}</g></g>'
    )


def hollow(cut: Cut, tones: Tones) -> str:
    """An opening one sees into, darker towards its edge."""
    if not cut.hollow:
        return ""
    deep = strength(tones.shade_strength)
    return (
        f'<clipPath id="w"><path d="{cut.hollow}"/></clipPath><path d="{cut.hollow}" fill="{tones.inner}"/>'
        f'<g clip-path="url(#w)"><path d="{cut.hollow}" fill="none" stroke="{tones.shade}" stroke-opacity="{deep}" '
        f'stroke-width="46" filter="url(#m)"/></g><path d="{cut.hollow}" fill="none" stroke="{tones.edge}" '
        'stroke-opacity=".7" stroke-width="1.6"/>'
    )


def straps(path: str, tones: Tones, *, inner: bool) -> str:
    """Webbing with a row of stitches along each edge; inner straps lie behind the bag."""
    if not path:
        return ""
    seam, crown = strength(tones.seam_strength), strength(tones.light_strength * 0.4)
    line, webbing = f'<path d="{path}" stroke=', tones.inner if inner else tones.cloth
    return (
        f'<g fill="none" stroke-width="25"><g filter="url(#m)" opacity=".4">{line}"{tones.ground}" '
        f'transform="translate(5 10)"/></g>{line}"{tones.edge}" stroke-width="27"/>{line}"{webbing}"/>'
        f'{line}"{tones.light}" stroke-opacity="{crown}" stroke-width="13"/>'
        f'{line}"{tones.edge}" stroke-opacity="{seam}" stroke-width="19" stroke-dasharray="3 2"/>'
        f'{line}"{webbing}" stroke-width="17"/></g>'
    )


def cords(cut: Cut, tones: Tones) -> str:
    """Twisted drawcords lying on the cloth."""
    if not cut.cords:
        return ""
    line, shadow = f'<path d="{cut.cords}" stroke=', strength(tones.shade_strength * 0.6)
    return (
        '<g fill="none" stroke-linecap="round" stroke-width="6.5">'
        f'{line}"{tones.shade}" stroke-opacity="{shadow}" stroke-width="9" transform="translate(3 4)"/>'
        f'{line}"{tones.edge}" stroke-width="8.5"/>{line}"{tones.light}"/>'
        f'{line}"{tones.edge}" stroke-opacity=".5" stroke-linecap="butt" stroke-dasharray="1.5 3.5"/></g>'
    )
