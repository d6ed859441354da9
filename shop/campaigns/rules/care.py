"""Words to avoid with the reason and an alternative, and how hard a text is to read.

On children's exploitation the terms follow the Terminology Guidelines of the Interagency Working Group (ECPAT, 2016,
second edition 2025, https://ecpat.org/terminology/); on people first and agency, the guidance for media of the US
Office for Victims of Crime (https://ovc.ojp.gov).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

SHORTEST = 30  # words below which a grade says nothing


class Hard(Struct, frozen=True):
    """A word or phrase as it was found."""

    found: str
    better: str
    why: str


_ABUSE = "It names a crime as if it were a trade or a taste; guidelines on terminology advise against it."
_AGENCY = "It makes somebody a thing that others act upon. People who got away did much of it themselves."
_FEAR = "Fear and shock draw eyes and hurt those who lived it; they do not make people act for long."
_PERSON = "A person is more than what was done to them."
_LAW = "A person's presence is no crime, and the word keeps people from asking for help."
_HEROES = "It puts the helper in the middle of somebody else's story."

_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"child pornograph\w+|kiddie porn", "“child sexual abuse material”", _ABUSE),
    (r"child prostitut\w+|teen(?:age)? prostitut\w+", "“a child who was sexually exploited”", _ABUSE),
    (r"child sex workers?", "“children who were sexually exploited”", _ABUSE),
    (r"child sex touris\w+", "“child sexual exploitation by travellers”", _ABUSE),
    (r"prostitutes?", "“person in prostitution”, or what the person says", _PERSON),
    (r"sex slaves?", "“people in forced sexual exploitation”", _FEAR),
    (r"modern(?:-|\s)day slaves?", "“people in forced labor”, or what happened in plain words", _PERSON),
    (r"slaves?", "“enslaved people”, or what happened in plain words", _PERSON),
    (r"rescued?|rescuing|rescues", "“supported”, “found safety”, “got out” (names of organizations excepted)", _AGENCY),
    (r"saved? (?:them|her|him|victims|girls|children)", "“helped”, with what was done", _HEROES),
    (r"voiceless|give (?:them )?a voice", "“people who are not heard”; “listen to”", _AGENCY),
    (r"helpless|powerless|broken (?:girls?|women|people|lives)", "what the person did or needs", _AGENCY),
    (r"innocent victims?", "“people who were harmed”", "It hints that others were to blame for what was done to them."),
    (r"(?:suffers? from|afflicted)", "“lives with”", _PERSON),
    (r"shocking|horrif\w+|terrifying|nightmare|gruesome|unimaginable", "what happened, in plain words", _FEAR),
    (
        r"epidemic|plague|scourge",
        "the figure, with its source",
        "A picture of disease hides that people decide to do it.",
    ),
    (r"illegal (?:immigrants?|aliens?|migrants?)|illegals", "“people without papers”", _LAW),
    (
        r"pimps?|johns?(?= who| pay| buy)",
        "“trafficker”, “exploiter”, “buyer”",
        "Slang makes it sound like a way of life.",
    ),
    (
        r"lured|groomed victims",
        "who did what: “he promised her a job”",
        "Say what the exploiter did, not how naive the other was.",
    ),
    (r"you won't believe|what happens next|everyone must know", "what the text says", _FEAR),
    (r"heroes?|heroic", "what they did", _HEROES),
    (r"every (?:\d+ )?seconds?", "the figure for a year, with its source", "It sounds exact and cannot be checked."),
)
_ALL = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), better, why) for words, better, why in _WORDS)
# A name keeps its words: OUR Rescue, Rescue: Freedom International.
_NAMES = re.compile(r"OUR Rescue|Rescue: Freedom(?: International)?|International Rescue Committee")
_SYLLABLE = re.compile(r"[aeiouy]+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")


def found_in(text: str) -> Iterator[Hard]:
    """Each word or phrase once, in the order of the list."""
    plain = _NAMES.sub("", text)
    for pattern, better, why in _ALL:
        if found := pattern.search(plain):
            yield Hard(found[0], better, why)


def grade(text: str) -> float | None:
    """The school year in which a US reader follows; None for fewer than `SHORTEST` words. English only.

    J. P. Kincaid et al., "Derivation of new readability formulas for Navy enlisted personnel", 1975. Syllables are
    counted as groups of vowels, which is off by a few in a hundred.
    """
    words = _WORD.findall(text)
    if len(words) < SHORTEST:
        return None
    sentences = max(1, len([one for one in re.split(r"[.!?]+\s|\n+", text) if _WORD.search(one)]))
    syllables = sum(map(_syllables, words))
    return round(max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59), 1)


def _syllables(word: str) -> int:
    small = word.lower()
    count = len(_SYLLABLE.findall(small))
    silent = small.endswith("e") and not small.endswith(("le", "ee")) and count > 1
    return max(1, count - silent)
