# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names in the forms by which people and companies are recognized; never written."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping

from .company_words import GLUED_FORMS, LEADING_FORMS, LEGAL_FORMS
from .name_parts import name_parts
from .name_words import HONORIFICS
from .text import LONG, REMEMBERED, fold, levelled, name_line, visible

_BRACKETS = re.compile(r"[(\[{（［][^()\[\]{}（）［］]*[)\]}）］]")
_AFTER_BAR = re.compile(r"(?<=[^\W_])\s*\|.*", re.DOTALL)
_AFTER_DASH = re.compile(r"(,[^,]*[^\W_])\s+[-–—]+\s+[^,]*$", re.DOTALL)
_APOSTROPHES = re.compile(r"['’‘`´ʼʹ′]")
_NO_SPACE_SCRIPTS = re.compile(
    r"[\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff"
    r"\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]+"
)
_HONORIFICS = frozenset(one for some in HONORIFICS.values() for one in some)
_HONORIFIC = re.compile(rf"(?<=..)(?:{'|'.join(sorted(_HONORIFICS))})$")


def recognized_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's own name, in basic letters.

    Titles, credentials, generations ("jr") and additions of a directory (in brackets,
    after a bar, or after a dash behind "Surname, Given") are left out, unless the text
    contains nothing else. A name in a script without spaces between words is split into
    its characters, so that it is the same with and without a space.

    :param name: as stored on either side
    :return: in spoken order: "Schmidt, Dr. Anna (Sales)" becomes ("anna", "schmidt")
    """
    return _of_person(name)[0]


def folded(name: str) -> str:
    """Return a person's name as one text that does not depend on the order of words.

    :param name: as stored on either side
    :return: the recognized words, sorted: "anna schmidt"; without the generation
        (:func:`generation`)
    """
    return " ".join(sorted(_of_person(name)[0]))


def generation(name: str) -> str:
    """Return the word that distinguishes a parent from a child of the same name.

    :param name: as stored on either side
    :return: a key of ``name_words.GENERATIONS`` ("jr", "sr", "iii"), usually ""
    """
    return _of_person(name)[1]


def recognized_company(name: str) -> str:
    """Return a company's name without its legal form. It only serves to recognize
    people by their employer; which company a person gets is decided by the full name.

    :param name: as stored on either side
    :return: "acme" for "ACME Gesellschaft mbH", "Acme, Inc." and "Acme"
    """
    return _company(name)


def one_lacks_legal_form(one: str, other: str) -> bool:
    """Decide whether one of two names is the other without its legal form.

    :return: True for "Acme" and "ACME GmbH"; False for "Acme AG" and "Acme GmbH"
    """
    return bool(without_legal_form(one, other))


def without_legal_form(one: str, other: str) -> str:
    """Return which of two names of one company lacks the legal form of the other.

    :return: one of them; "" if neither is the other without its legal form
    """
    name = recognized_company(one)
    if not name or name != recognized_company(other):
        return ""
    short = [text for text in (one, other) if _words_of_company(text) == name]
    return short[0] if len(short) == 1 else ""


def _words_of_company(name: str) -> str:
    return " ".join(_company_words(unicodedata.normalize("NFKC", visible(name))))


def _of_person(name: str) -> tuple[tuple[str, ...], str]:
    return _read(name) if len(name) > LONG else _remembered(name)


def _read(name: str) -> tuple[tuple[str, ...], str]:
    text = _AFTER_BAR.sub("", _AFTER_DASH.sub(r"\1", name_line(name)))
    parts = name_parts(text)
    found = _words(_BRACKETS.sub(" ", " ".join((*parts.given, *parts.surname))))
    return found or _words(name), parts.generation


_remembered = functools.lru_cache(maxsize=REMEMBERED)(_read)


def _words(text: str) -> tuple[str, ...]:
    words = _separate(levelled(visible(_APOSTROPHES.sub("", text)))).split()
    if len(words) > 1 and words[-1] in _HONORIFICS:
        words.pop()
    return tuple(part for word in words for part in _of_script(word))


def _separate(text: str) -> str:
    """Replace everything that is neither a letter, a digit nor a mark by a space."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text
    return "".join(
        one if unicodedata.category(one)[0] in "LMN" else " " for one in text
    )


def _of_script(word: str) -> tuple[str, ...]:
    if word.isascii() or not _NO_SPACE_SCRIPTS.fullmatch(word):
        return (word,)
    return tuple(_HONORIFIC.sub("", word))


def _company_words(text: str) -> list[str]:
    return _separate(levelled(visible(_APOSTROPHES.sub("", text)))).split()


def _joined(forms: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(
        "".join(_company_words(one)) for some in forms.values() for one in some
    )


_BEHIND, _BEFORE = _joined(LEGAL_FORMS), _joined(LEADING_FORMS)
_GLUED = "|".join(
    re.escape(one)
    for one in sorted({one for some in GLUED_FORMS.values() for one in some}, key=len)[
        ::-1
    ]
)
_GLUED_FORM = re.compile(rf"^\s*(?:{_GLUED})(?=.)|(?<=.)(?:{_GLUED})\s*$", re.DOTALL)
_LONGEST = 7
"""Number of words of the longest legal form, "Gesellschaft mit beschränkter Haftung und
Co. KG"."""


@functools.lru_cache(maxsize=REMEMBERED)
def _company(name: str) -> str:
    text = unicodedata.normalize("NFKC", visible(name))
    words = _company_words(_GLUED_FORM.sub(" ", text)) or _company_words(text)
    while size := _size_of_form(words):
        words = words[:-size] if size > 0 else words[-size:]
    return " ".join(words) or fold(text)


def _size_of_form(words: list[str]) -> int:
    """Return how many words at the end are a legal form, or, as a negative number, at
    the beginning, provided that a name is left."""
    for size in range(min(_LONGEST, len(words) - 1), 0, -1):
        if "".join(words[-size:]) in _BEHIND:
            return size
        if "".join(words[:size]) in _BEFORE:
            return -size
    return 0
