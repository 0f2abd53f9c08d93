# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare the names of two records word by word.

A shared address does not make Anna Smith and Bob Smith one person, and a married name
does not make two people of Ada Byron and Ada King: the given name distinguishes the
members of a family, while the surname may change.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from .text import REMEMBERED


class Names(Enum):
    """The result of comparing two names."""

    UNKNOWN = "one has no name, or they are written in different scripts"
    SAME = "the same words, in whatever order"
    SIMILAR = "one is a part of the other"
    SURNAME = "the same given name with another surname"
    FAMILY = "they share a word, but the given names differ"
    OTHER = "they share no word"


LONG_ENOUGH = 4
"""The minimum number of letters in a word for ignoring one typing error in it."""


@lru_cache(maxsize=REMEMBERED)
def compare_names(one: tuple[str, ...], other: tuple[str, ...], script: str) -> Names:
    """Compare two names in one script; their order does not matter.

    :param one: folded words in spoken order, without titles
    :param other: likewise
    :param script: see :func:`script_of`
    """
    if not one or not other:
        return Names.UNKNOWN
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return Names.SAME
    shorter, longer = sorted((one, other), key=len)
    if _is_part(shorter, longer):
        return Names.SIMILAR
    if script not in SURNAME_FIRST and _alike(one[0], other[0]):
        return Names.SURNAME
    near = any(_near(a, b) for a in one for b in other)
    return Names.FAMILY if near else Names.OTHER


def _is_part(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Decide whether each word matches a different word of the longer name."""
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        found = next((one for one in left if _alike(word, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _alike(one: str, other: str) -> bool:
    """Decide whether two words are the same, or one is the other's initial."""
    if one == other:
        return True
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _near(one: str, other: str) -> bool:
    """Decide whether two words differ in at most one letter: added, missing or
    replaced."""
    if _alike(one, other):
        return True
    if min(len(one), len(other)) < LONG_ENOUGH or abs(len(one) - len(other)) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest = shorter[start:] if len(shorter) < len(longer) else shorter[start + 1 :]
    return longer[start + 1 :] == rest


def script_of(words: Sequence[str]) -> str:
    """Return the script of the first letter, such as "LATIN" or "CYRILLIC"."""
    for char in "".join(words):
        if char.isalpha():
            script = unicodedata.name(char, "").partition(" ")[0]
            return _EAST_ASIAN.get(script, script)
    return ""


_EAST_ASIAN = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}
"""One Japanese name may be written in several of these scripts."""

SURNAME_FIRST = ("CJK", "HANGUL")
"""Scripts whose names are compared by characters, beginning with the surname."""
