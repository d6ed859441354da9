"""Where films are, and the addresses by which they are shown.

YouTube's own setting for fewer cookies is the host youtube-nocookie.com
(https://support.google.com/youtube/answer/171780), Vimeo's is `dnt=1` (https://developer.vimeo.com/player/sdk/embed).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shop.core.errors import Invalid

PROVIDERS = ("youtube", "vimeo", "file")
NAMES = {"youtube": "YouTube", "vimeo": "Vimeo", "file": "this store"}
FRAMES = {"youtube": "https://www.youtube-nocookie.com", "vimeo": "https://player.vimeo.com"}
_IDS = {
    "youtube": re.compile(r"[A-Za-z0-9_-]{11}"),
    "vimeo": re.compile(r"[0-9]{6,12}"),
    "file": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
}
_ADDRESSES = {
    "youtube": re.compile(
        r"https://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#\s]*&)?v=|embed/|shorts/)|youtu\.be/)([A-Za-z0-9_-]{11})(?![A-Za-z0-9_-])\S*"
    ),
    "vimeo": re.compile(r"https://(?:www\.|player\.)?vimeo\.com/(?:video/)?([0-9]{6,12})(?![0-9])\S*"),
}


def fits(provider: str, source: str) -> bool:
    """Whether `source` can be the id of a film there, or the name of a file of ours without its end."""
    return provider in _IDS and _IDS[provider].fullmatch(source) is not None


def source_of(provider: str, pasted: str) -> str:
    """The id in an address that was pasted; anything else comes back as it is."""
    found = _ADDRESSES[provider].fullmatch(pasted.strip()) if provider in _ADDRESSES else None
    return found[1] if found else pasted.strip()


def frame_address(provider: str, source: str, language: str = "en") -> str:
    """What a frame shows once somebody pressed, with captions in this language where the host has some.

    Empty for a file of ours, which needs none. https://developers.google.com/youtube/player_parameters#cc_lang_pref
    """
    if provider == "youtube":
        return f"{FRAMES['youtube']}/embed/{source}?rel=0&cc_load_policy=1&cc_lang_pref={language}&hl={language}"
    return f"{FRAMES['vimeo']}/video/{source}?dnt=1&texttrack={language}" if provider == "vimeo" else ""


def check_captions(text: str) -> None:
    """Raises Invalid for what browsers would not read as captions: https://www.w3.org/TR/webvtt1/#file-structure."""
    first = text.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise Invalid("Captions begin with a line that says WEBVTT.")
    if "-->" not in text:
        raise Invalid("Captions name times, such as 00:00:01.000 --> 00:00:04.000.")


def frames_of(providers: Iterable[str]) -> tuple[str, ...]:
    """Origins that a page with films from these may put into a frame."""
    return tuple(sorted({FRAMES[one] for one in providers if one in FRAMES}))
