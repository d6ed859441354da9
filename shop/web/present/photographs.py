"""Pictures of the library as pages use them: every width in three formats, and the point that stays in sight."""

from __future__ import annotations

from shop.core.languages import cached_by_language
from shop.media.photos.rules import Format, Photograph, name_of, widths_of
from shop.web.present.pictures import MEDIA
from shop.web.view_models.parts import Picture, PictureSource

PHOTOGRAPHS = f"{MEDIA}/photographs"
FALLBACK = 960
MODERN: tuple[Format, ...] = ("avif", "webp")


@cached_by_language(maxsize=2_000)
def photograph(one: Photograph) -> Picture:
    """A picture with its words; where it is cut, its focus stays in sight."""
    width = max((width for width in widths_of(one.width) if width <= FALLBACK), default=widths_of(one.width)[0])
    return Picture(
        src=f"{PHOTOGRAPHS}/{name_of(one.digest, width, 'jpg')}",
        alt=one.alt,
        width=width,
        height=max(1, round(width * one.height / one.width)),
        sources=tuple(PictureSource(type=f"image/{format_}", srcset=_srcset(one, format_)) for format_ in MODERN),
        focus=f"focus-x-{round(one.focus_x / 10)} focus-y-{round(one.focus_y / 10)}",
    )


def _srcset(one: Photograph, format_: Format) -> str:
    named = ((width, name_of(one.digest, width, format_)) for width in widths_of(one.width))
    return ", ".join(f"{PHOTOGRAPHS}/{name} {width}w" for width, name in named)
