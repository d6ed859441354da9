"""Words as search knows them, and how far apart two of them are. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TERMS = 6
SHORTEST = 2
LONGEST = 40
SHORTEST_CORRECTED = 4
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")


def plain(text: str) -> str:
    """Lower case without accents or apostrophes: "Women’s Camión" is "womens camion"."""
    apart = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Its words in plain form, in their order, each as often as it stands there."""
    return [word[:LONGEST] for word in _WORD.findall(plain(text))]


def terms(query: str) -> tuple[str, ...]:
    """What a visitor looks for: a few different words; a single letter is none, and a plural is its singular."""
    found = (_singular(word) for word in words_of(query) if len(word) >= SHORTEST)
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def trigrams(word: str) -> list[str]:
    """Every three letters in a row, its beginning and end marked, as both are better known than the middle."""
    marked = f"__{word}_"
    return [marked[at : at + 3] for at in range(len(marked) - 2)]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that somebody most likely meant: one mistake in a short word, two in a long one; else None.

    A beginning counts as the whole: what is typed may not be finished.
    """
    if len(word) < SHORTEST_CORRECTED:
        return None
    most = 1 if len(word) < 7 else 2
    close = ((_mistakes(word, one, most), one[0] != word[0], len(one), one) for one in candidates)
    best = min((found for found in close if found[0] <= most), default=None)
    return None if best is None else best[3]


def distance(one: str, other: str) -> int:
    """Letters left out, added, changed, or swapped with their neighbour (Damerau's optimal string alignment)."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, match in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _mistakes(word: str, candidate: str, most: int) -> int:
    """Exact up to `most`; what is surely more is not measured: other letters, or another length, are mistakes each."""
    if len(set(word).difference(candidate)) > most:
        return most + 1
    whole = distance(word, candidate) if abs(len(word) - len(candidate)) <= most else most + 1
    if whole > most and len(candidate) > len(word):
        return min(whole, distance(word, candidate[: len(word)]) + 1)
    return whole


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
