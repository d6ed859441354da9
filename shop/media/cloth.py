"""Drawing a cut garment as SVG: ground, cloth, print, folds over the print, then collar, seams and stitches."""

from shop.media.cut import Cut
from shop.media.geometry import number
from shop.media.tones import Tones
from shop.media.trimmings import cords, hollow, path_of, ribbing, sewing, straps, strength

WIDTH, HEIGHT = 800, 1000


def _blur(name: str, deviation: float) -> str:
    return (
        f'<filter id="{name}" x="-.1" y="-.1" width="1.2" height="1.2" color-interpolation-filters="sRGB">'
        f'<feGaussianBlur stdDeviation="{deviation}"/></filter>'
    )


def _stops(colour: str, *steps: tuple[float, float]) -> str:
    """Gradient stops of one colour: place and opacity, 0-1 each."""
    return "".join(
        f'<stop offset="{number(place, 2)}" stop-color="{colour}{round(min(opacity, 1) * 255):02x}"/>'
        for place, opacity in steps
    )


# The cloth as a height map: creases pressed in, slow waves of knitted cloth between them, lit from the upper left.
# A flat place comes out at middle grey (0.64 x sin 52 degrees), which soft light leaves as it is.
_RELIEF = (
    f'<filter id="k" filterUnits="userSpaceOnUse" x="0" y="0" width="{WIDTH}" height="{HEIGHT}" '
    'color-interpolation-filters="sRGB">'
    '<feTurbulence type="fractalNoise" baseFrequency=".0055 .0035" numOctaves="3" seed="11" result="n"/>'
    '<feGaussianBlur in="SourceAlpha" stdDeviation="4"/>'
    '<feComposite in2="n" operator="arithmetic" k2="-.34" k3=".5" k4=".3"/>'
    '<feDiffuseLighting surfaceScale="46" diffuseConstant=".64" lighting-color="#fff">'
    '<feDistantLight azimuth="228" elevation="52"/></feDiffuseLighting><feGaussianBlur stdDeviation="1.6"/></filter>'
)


def _defs(cut: Cut, tones: Tones) -> str:
    deep, bright = tones.shade_strength, tones.light_strength
    left, right = cut.sides
    turning = _stops(
        tones.shade, (0, deep * 0.62), (0.07, deep * 0.3), (0.24, 0), (0.66, 0), (0.88, deep * 0.32), (1, deep * 0.85)
    )
    glow = _stops(tones.light, (0, bright * 0.42), (0.5, bright * 0.2), (1, 0))
    hollows = _stops(tones.shade, (0, deep * 0.3), (0.45, deep * 0.15), (1, 0))
    rises = _stops(tones.light, (0, bright * 0.34), (0.45, bright * 0.17), (1, 0))
    return (
        f'<defs><path id="o" d="{cut.outline}"/><path id="e" d="{cut.folds.sharp}"/>'
        '<clipPath id="c"><use href="#o"/></clipPath>'
        f"{_blur('f', 2.6)}{_blur('m', 7)}{_blur('s', 14)}{_RELIEF}"
        f'<linearGradient id="p" x2="0" y2="1"><stop stop-color="{tones.paper_top}"/>'
        f'<stop offset="1" stop-color="{tones.paper_foot}"/></linearGradient>'
        f'<linearGradient id="v" gradientUnits="userSpaceOnUse" x1="{left:g}" x2="{right:g}">{turning}</linearGradient>'
        f'<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="345" cy="320" r="400">{glow}</radialGradient>'
        f'<radialGradient id="d">{hollows}</radialGradient><radialGradient id="l">{rises}</radialGradient></defs>'
    )


def _ground(tones: Tones) -> str:
    return (
        f'<g fill="{tones.ground}">'
        '<use href="#o" transform="translate(8 19)" opacity=".36" filter="url(#s)"/>'
        '<use href="#o" transform="translate(2 5)" opacity=".3" filter="url(#f)"/></g>'
    )


def _inside(cut: Cut, tones: Tones) -> str:
    drawn = path_of(cut.inside, f'fill="{tones.inner}"') + ribbing("i", cut.inner_ribs, tones, inner=True)
    tape = f'fill="none" stroke="{tones.shade}" stroke-opacity="{strength(tones.shade_strength * 0.6)}"'
    drawn += path_of(cut.tape, f'{tape} stroke-width="8"')
    drawn += cut.prop
    if cut.label:
        x, y = cut.label
        drawn += f'<path fill="{tones.ink}" opacity=".8" d="M{x - 15:g} {y:g}h30v19h-30z"/>'
        drawn += f'<path fill="{tones.inner}" d="M{x:g} {y + 3:g}l1.4 5 5 1.5-5 1.5-1.4 5-1.4-5-5-1.5 5-1.5z"/>'
    return drawn


def _lights(cut: Cut, tones: Tones) -> str:
    """What catches the light: over a pale print it screens, which leaves ink alone; under a dark one it tints cloth."""
    bright = tones.light_strength
    pale = f'fill="{tones.light}" fill-opacity="{strength(bright * 0.5)}" filter="url(#m)"'
    mode = ' style="mix-blend-mode:screen"' if tones.ink_is_light else ""
    dents = f'<g fill="url(#l)">{cut.dents.rises}</g>'
    return f'<g{mode}><use href="#o" fill="url(#g)"/>{dents}{path_of(cut.folds.lit, pale)}</g>'


def _shades(cut: Cut, tones: Tones) -> str:
    """Shadows fall on cloth and print alike, and multiply: dark ink must not turn grey in a fold."""
    deep = tones.shade_strength
    rim = f'fill="none" stroke="{tones.shade}" stroke-opacity="{strength(deep * 0.6)}" stroke-width="15"'
    dark = f'fill-opacity="{strength(deep * 0.42)}" filter="url(#f)"'
    turned = path_of(cut.body, 'fill="url(#v)"')
    return (
        f'<g fill="{tones.shade}" style="mix-blend-mode:multiply">{turned}<g fill="url(#d)">{cut.dents.hollows}</g>'
        f'<g filter="url(#m)"><use href="#o" {rim} transform="translate(-3 -4)"/>'
        f'<path fill-opacity="{strength(deep * 0.4)}" d="{cut.shades + cut.folds.soft}"/></g>'
        f'<use href="#e" {dark}/></g>'
    )


def _relief() -> str:
    """Light over the height map, on cloth and print alike: it is what makes ink lie in a fold."""
    return '<g style="mix-blend-mode:soft-light" opacity=".86"><use href="#e" filter="url(#k)"/></g>'


def _fabric(cut: Cut, tones: Tones, print_: str) -> str:
    """Cloth, print, light and shade within the outline: one group, so that they blend with each other alone."""
    lights = _lights(cut, tones)
    layers = print_ + lights if tones.ink_is_light else lights + print_
    return (
        f'<g clip-path="url(#c)"><use href="#o" fill="{tones.cloth}"/>{ribbing("b", cut.bands, tones)}'
        f"{layers}{_shades(cut, tones)}{_relief()}</g>"
    )


def draw_cut(cut: Cut, tones: Tones, print_: str, title: str) -> str:
    """The whole picture as SVG text; `print_` is the placed artwork."""
    layers = (
        _ground(tones),
        straps(cut.back_straps, tones, inner=True),
        _inside(cut, tones),
        _fabric(cut, tones, print_),
        sewing(cut, tones),
        f'<use href="#o" fill="none" stroke="{tones.edge}" stroke-opacity=".4"/>',
        hollow(cut, tones),
        ribbing("r", cut.ribs, tones),
        cords(cut, tones),
        straps(cut.straps, tones, inner=False),
    )
    drawn = "".join(layers)
    if cut.lift:
        drawn = f'<g transform="translate(0 {-cut.lift:g})">{drawn}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{title}</title>'
        f'{_defs(cut, tones)}<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#p)"/>{drawn}</svg>'
    )
