# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the names of two records compare, word by word.

A shared address does not make Anna Smith and Bob Smith one person, nor a married name
two of Ada Byron and Ada King: the given name tells members of a family apart, the
surname may change.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from .text import REMEMBERED


class Names(Enum):
    """How two names compare."""

    UNKNOWN = "one has no name, or they are written in different scripts"
    SAME = "the same words, in whatever order"
    SIMILAR = "one is a part of the other"
    SURNAME = "the same given name with another surname"
    FAMILY = "they share a word, but the given names differ"
    OTHER = "they share no word"


LONG_ENOUGH = 4
"""Letters that a word must have for one typing error in it to be overlooked."""


@lru_cache(maxsize=REMEMBERED)
def compare_names(one: tuple[str, ...], other: tuple[str, ...], script: str) -> Names:
    """Compare two names of one script.

    :param one: tuple of str, folded words as they are spoken, without titles
    :param other: tuple of str
    :param script: str, see :func:`script_of`
    :return: Names, the same whichever comes first
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
    """Whether each word of a name stands for another one of the longer name."""
    left = list(longer)
    for word in sorted(shorter, key=len, reverse=True):
        found = next((one for one in left if _alike(word, one)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _alike(one: str, other: str) -> bool:
    """Whether two words are the same, or one is the other's initial."""
    if one == other:
        return True
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _near(one: str, other: str) -> bool:
    """Whether two words are alike but for one letter: too much, missing or another."""
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
    """:param words: sequence of str
    :return: str, the script of the first letter, such as "LATIN" or "CYRILLIC"
    """
    for char in "".join(words):
        if char.isalpha():
            script = unicodedata.name(char, "").partition(" ")[0]
            return _EAST_ASIAN.get(script, script)
    return ""


_EAST_ASIAN = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}
"""One Japanese name may be written in several of them."""

SURNAME_FIRST = ("CJK", "HANGUL")
"""Scripts of names that count by their characters, the surname's first."""
