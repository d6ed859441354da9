"""The artworks, composed. `python -m shop.media.artworks.studio` writes every file beside this module again."""

from collections.abc import Callable
from pathlib import Path

from shop.media.artworks.tools import ACCENT, CLOTH, INK, Point, arc, at, disc, facets, line, n, path, rays, ring, star
from shop.media.lettering import fit_line

Drawing = tuple[int, int, str]

HERE = Path(__file__).parent


def north_star() -> Drawing:
    """A compass star over a graduated ring."""
    c = (140.0, 146.0)
    lit, shaded = facets(c, 8, 138, 70, 24)
    body = ring(c, 103, 27, dash="1.5 3.314") + ring(c, 85, 1.6) + ring(c, 121, 1.6)
    body += path(star(c, 8, 146, 80, 31), CLOTH) + path(shaded) + path(lit, ACCENT)
    body += disc(c, 9.5, CLOTH) + disc(c, 5)
    words = fit_line("FIND YOUR NORTH", width=246, x=17, top=300, tracking=70)
    return 280, round(words.foot), body + path(words.path)


def look_closer() -> Drawing:
    """The word comes nearer line by line; who looks closely finds the star in the O."""
    look = fit_line("LOOK", width=146, x=0, top=0)
    small = 0.45
    second = look.foot * small + 13
    third = fit_line("CLOSER", width=280, x=0, top=second + look.foot + 15)
    rules = _rules(146 * small, 0, look.foot * small, 5) + _rules(146, second, second + look.foot, 11)
    middle = (119.2, (third.top + third.foot) / 2)
    body = f'<defs><path id="look" d="{look.path}"/></defs><g fill="currentColor"><use href="#look" y="{n(second)}"/>'
    body += f'<use href="#look" transform="scale({small})"/></g>' + path(third.path) + line(rules, 2.4)
    body += path(star(middle, 4, 34, 34, 8), CLOTH) + path(star(middle, 4, 30, 30, 5.4), ACCENT)
    return 280, round(third.foot), body


def _rules(end: float, top: float, foot: float, count: int) -> str:
    """Level lines from the end of a row to the margin, the first and last flush with the letters."""
    step = (foot - top - 2.4) / (count - 1)
    return "".join(f"M{n(end + 9)} {n(top + 1.2 + step * index)}H280" for index in range(count))


def every_name_matters() -> Drawing:
    """One thread is sewn through the middle word, over and under its letters."""
    every = fit_line("EVERY", width=280, x=0, top=0, tracking=10)
    name = fit_line("NAME", width=280, x=0, top=every.foot + 15, tracking=10)
    matters = fit_line("MATTERS", width=280, x=0, top=name.foot + 15, tracking=10)
    y = (name.top + name.foot) / 2
    sewn = (
        f"M-8 {n(y + 30)}C14 {n(y - 50)} 52 {n(y - 30)} 84 {n(y + 6)}S128 {n(y + 44)} 160 {n(y - 4)}"
        f"S214 {n(y - 44)} 232 {n(y - 4)}S246 {n(y + 28)} 256 {n(y + 16)}"
    )
    needle = f"M250 {n(y + 26)}q2-8 8-17L292 {n(y - 38)}L264 {n(y + 15)}q-6 9-14 11z"
    n_, _a, _counter, m_, _e = (f"M{contour}" for contour in name.path.split("M")[1:])
    body = path(every.path + name.path + matters.path) + line(sewn, 10, CLOTH)
    body += line(sewn, 5, ACCENT, 'stroke-linecap="round" ') + path(n_ + m_)
    body += f'<path d="{needle}" fill="currentColor" stroke="{CLOTH}" stroke-width="5" paint-order="stroke"/>'
    return 280, round(matters.foot), body


def rep_the_movement() -> Drawing:
    """A word in motion: each echo is sliced thinner, as a slow shutter leaves it."""
    rep = fit_line("REP THE", width=280, x=0, top=0, tracking=20)
    word = fit_line("MOVEMENT", width=280, x=0, top=0)
    tall = word.foot - word.top
    body, top, cuts = path(rep.path), rep.foot + 12, ""
    body += f'<defs><path id="mv" d="{word.path}"/></defs>'
    for echo in range(4):
        body += f'<use href="#mv" y="{n(top)}" fill="{INK if echo else ACCENT}"/>'
        slices, y = 9, top
        for _ in range(slices if echo else 0):
            y += tall / slices
            thick = 1.6 * echo
            cuts += f"M-2 {n(y - thick)}H282v{n(thick)}H-2z"
        top += tall + 8
    return 280, round(top - 8), body + path(cuts, CLOTH)


def lantern() -> Drawing:
    """A lantern on a thread, a star for its flame."""
    c = (120.0, 150.0)
    lit, shaded = facets(c, 8, 46, 24, 9)
    body = line("M120-6V34", 3.2, ACCENT) + path(rays(c, 92, 116, 40, 0.16, every=2, gap=0.14), ACCENT)
    body += disc(c, 84, CLOTH) + ring((120, 46), 14, 6.5)
    body += path("M108 62h24v10c22 5 38 15 44 31h-112c6-16 22-26 44-31z")
    body += path("M58 102h124v11h-124zM64 198h112v12h-112zM54 209h132l7 18h-146z")
    body += path("M70 112h100l6 87h-112z") + path("M77 120h86l5 72h-96z", CLOTH)
    body += line("M81 120l-4 72M88.5 120l-3 72M159 120l4 72M151.5 120l3 72", 2.4)
    body += path(star(c, 8, 50, 29, 13), CLOTH) + path(shaded) + path(lit, ACCENT)
    words = fit_line("KEEP A LIGHT ON", width=222, x=9, top=250, tracking=60)
    return 240, round(words.foot), body + path(words.path)


def open_door() -> Drawing:
    """A door ajar; the light comes out to meet whoever stands before it."""
    frame = "M62 236V84C62 38 94 6 140 6S218 38 218 84V236"
    beams = ""
    for index in range(-4, 5):
        beams += f"M{n(140 + index * 15 - 4.6)} 242h9.2L{n(140 + index * 31 + 10)} 300h-20z"
    body = '<clipPath id="arch"><path d="M76 236V84C76 46 102 20 140 20S204 46 204 84V236z"/></clipPath>'
    sun: Point = (140, 176)
    body += (
        f'<g clip-path="url(#arch)">{path(rays(sun, 30, 190, 34, 0.2, gap=0.22), ACCENT)}{disc(sun, 34, ACCENT)}</g>'
    )
    body += path("M76 238V84C76 58 92 38 118 30V228L76 236z") + line(frame, 9)
    body += line("M84 88C85 70 95 54 110 46V133L84 135zM84 147L110 145V219L84 225z", 2.2, CLOTH)
    body += disc((112.5, 139), 3, CLOTH) + path("M40 236h200v7h-200z") + path(beams, ACCENT)
    words = fit_line("THE DOOR IS OPEN", width=250, x=15, top=314, tracking=50)
    return 280, round(words.foot), body + path(words.path)


def cupped_light() -> Drawing:
    """Two hands round a small light, as neither a gift nor a rescue but something held."""
    c = (140.0, 110.0)
    lit, shaded = facets(c, 8, 46, 24, 9)
    body = path(rays(c, 60, 92, 32, 0.17, every=2, gap=0.24), ACCENT)
    fingers = nails = ""
    for index, (radius, tip) in enumerate(((66, 0.262), (85, 0.232), (104, 0.240), (123, 0.268))):
        root = 0.475 - index * 0.004
        fingers += arc(c, radius, tip, root) + arc(c, radius, 1 - root, 1 - tip)
        nails += arc(c, radius, tip + 0.002, tip + 0.014) + arc(c, radius, 0.986 - tip, 0.998 - tip)
    body += line(fingers, 15.5, extra='stroke-linecap="round" ')
    body += line(nails, 8, CLOTH, 'stroke-linecap="round" ')
    body += path(
        "M142.5 178C148 166 164 172 174 186C187 204 190 220 187 236C184 252 186 274 190 292H142.5z"
        "M137.5 178C132 166 116 172 106 186C93 204 90 220 93 236C96 252 94 274 90 292H137.5z"
    )
    body += path(shaded) + path(lit, ACCENT)
    words = fit_line("HOLD THE LIGHT", width=250, x=15, top=308, tracking=60)
    return 280, round(words.foot), body + path(words.path)


def held_together() -> Drawing:
    """Plain weave: no thread holds alone."""
    step, count, start = 33.0, 6, 46.0
    lines = [start + step * index for index in range(count)]
    near, far = start - 30, lines[-1] + 30
    across = "".join(f"M{n(near)} {n(y)}H{n(far)}" for y in lines)
    down = "".join(f"M{n(x)} {n(near)}V{n(far)}" for x in lines)
    over = "".join(
        f"M{n(x)} {n(y - step / 2)}v{n(step)}" for i, x in enumerate(lines) for j, y in enumerate(lines) if (i + j) % 2
    )
    body = ""
    for d, paint in ((down, INK), (across, ACCENT), (over, INK)):
        body += line(d, 26, CLOTH) + line(d, 21, paint) + line(d, 8.5, CLOTH) + line(d, 5, paint)
    turned = f'<g transform="rotate(45 128.5 128.5)">{body}</g>'
    words = fit_line("HELD TOGETHER", width=250, x=3.5, top=302, tracking=60)
    return 257, round(words.foot), f'<g transform="translate(0 14)">{turned}</g>' + path(words.path)


def hope_is_a_verb() -> Drawing:
    """The sun comes up behind the word."""
    c: Point = (140, 132)
    hope = fit_line("HOPE", width=280, x=0, top=96)
    body = path(f"M{at(c, 104, 0.75)}A104 104 0 0 1 {at(c, 104, 0.25)}z", ACCENT)
    body += path(rays(c, 114, 132, 48, 0.2, every=2, gap=0.31), ACCENT)
    cuts, thick, y = "", 1.6, 60.0
    while y < 96:
        cuts += f"M20 {n(y)}h240v{n(thick)}h-240z"
        y, thick = y + 9.4, thick + 0.9
    body += f'{path(cuts, CLOTH)}<defs><path id="hope" d="{hope.path}"/></defs>'
    body += '<use href="#hope" stroke="#ffffff" stroke-width="12"/><use href="#hope" fill="currentColor"/>'
    block = hope.foot + 12
    verb = fit_line("IS A VERB", width=252, x=14, top=block + 12, tracking=40)
    body += path(f"M0 {n(block)}h280v{n(verb.foot - block + 12)}h-280z") + path(verb.path, CLOTH)
    return 280, round(verb.foot + 12), body


def star_trails() -> Drawing:
    """A night's exposure round the pole star, over a house where someone is awake."""
    pole = (118.0, 118.0)
    body = '<clipPath id="sky"><path d="M0 140C0 62 62 0 140 0S280 62 280 140V330H0z"/></clipPath>'
    body += '<g clip-path="url(#sky)">'
    for index in range(16):
        radius = 17 + index * 14.4
        far = [
            round(radius * share, 1)
            for share in ((0.9, 0.35, 1.4, 0.22), (1.3, 0.28, 0.6, 0.5), (0.5, 0.3, 1.7, 0.4))[index % 3]
        ]
        paint = ACCENT if index in (2, 7, 11) else INK
        ends = f'stroke-linecap="round" stroke-dashoffset="{n(radius * index * 0.7)}" '
        body += ring(pole, radius, 3.6, paint, " ".join(map(n, far))).replace("<circle ", f"<circle {ends}")
    lit, shaded = facets(pole, 4, 15, 15, 3.4)
    body += disc(pole, 12, CLOTH) + path(lit + shaded, ACCENT)
    body += path("M-4 252C50 214 110 222 150 240S236 262 284 226V340H-4z", CLOTH)
    body += path("M-4 262C50 224 110 232 150 250S236 272 284 236V340H-4z")
    body += path("M178 262v-34h-7l29-27 29 27h-7v36z", CLOTH) + path("M184 266v-40l16-15 16 15v42z")
    body += path("M194 232h12v14h-12z", ACCENT) + line(
        "M-4 286C60 252 120 262 160 276S240 292 284 264M-4 304C60 274 120 284 160 296S240 310 284 286", 2.4, CLOTH
    )
    return 280, 330, body + "</g>"


DRAWINGS: dict[str, Callable[[], Drawing]] = {
    "north-star": north_star,
    "look-closer": look_closer,
    "every-name-matters": every_name_matters,
    "rep-the-movement": rep_the_movement,
    "lantern": lantern,
    "open-door": open_door,
    "cupped-light": cupped_light,
    "held-together": held_together,
    "hope-is-a-verb": hope_is_a_verb,
    "star-trails": star_trails,
}


def write() -> None:
    """Writes every artwork's file."""
    for key, draw in DRAWINGS.items():
        wide, high, body = draw()
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" color="#1d1b19">'
        (HERE / f"{key}.svg").write_text(f"{head}{body}</svg>\n", encoding="utf-8")


if __name__ == "__main__":
    write()
