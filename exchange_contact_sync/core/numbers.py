# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Telephone numbers in the texts that people and programs leave in a number's field.

Two forms: the one two texts are compared in (:func:`canonical_phone`), which guesses
nothing, and the one a person is recognised by (:func:`recognised_numbers`), which may
use the country. Neither is ever written to either side.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from .text import LONG, REMEMBERED, clean, settled, visible

if TYPE_CHECKING:
    from .reference_data import ReferenceData

EXTENSION_WORDS = {
    "en": ("extension", "extn", "ext"),
    "de": ("durchwahl", "dw", "nebenstelle", "nst", "apparat", "app"),
    "fr": ("poste",),
    "it": ("interno", "int"),
    "es": ("extensión", "anexo"),
    "pt": ("extensão", "ramal"),
    "nl": ("toestel", "tst"),
    "pl": ("wewnętrzny", "wew"),
    "cs": ("linka", "klapka", "kl"),
    "ru": ("добавочный", "доб", "внутренний", "внутр", "вн"),
}
"""What stands before an extension, by language."""

OR_WORDS = {
    "en": ("or", "and"),
    "de": ("oder", "und", "bzw"),
    "fr": ("ou", "et"),
    "it": ("o", "e"),
    "es": ("o", "y"),
    "pt": ("ou", "e"),
    "nl": ("of", "en"),
    "pl": ("lub", "albo", "i"),
    "cs": ("nebo", "a"),
    "ru": ("или", "и"),
}
"""What stands between two numbers, by language."""


def _any(words: Iterable[tuple[str, ...]]) -> str:
    """Longest first, so that no word is cut short."""
    found = {unicodedata.normalize("NFKC", one) for some in words for one in some}
    return "|".join(sorted(map(re.escape, found), key=lambda one: (-len(one), one)))


_EXTENSION_WORD = rf"(?:{_any(EXTENSION_WORDS.values())})(?![^\W\d_])"
_EXTENSION = re.compile(
    rf"[;,/(]?\s*(?:(?<![^\W\d_]){_EXTENSION_WORD}[.:=]*|\s+x|(?<=\d)x|\#|,,+)"
    r"\s*(\d+)\s*\)?\s*$",
    re.IGNORECASE,
)
_TRUNK_ZERO = re.compile(r"(?<=\d)[\s./–-]*\(\s*0\s*\)")
_LABEL = re.compile(r"^[^\d+(]*[^\W\d_][^\d+(]*\d?\s*:")
_DIGITS_ONLY = re.compile(r"\+?(?!00)\d[\d ()./-]*", re.ASCII)
_NO_MARKS = str.maketrans("", "", " ()./-")
_SERVICE_CODE = re.compile(r"[*#][\d*#]+")
_WORD_TO_DIAL = re.compile(r"\+?\d[\d\s().-]{0,8}(?:[A-Z][\s.-]?){3,}[\d\s.-]*")
_KEYS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "22233344455566677778889999",
)
"""The letters on the keys of a telephone (ITU-T E.161,
https://www.itu.int/rec/T-REC-E.161): "1-800-EXAMPLE" is a number."""
_BEFORE = re.compile(r"^\D*\+")
_CONTEXT = re.compile(r";\s*phone-context=(\+[\d.-]+)?[^;]*", re.IGNORECASE)

_OR = rf"(?<=[\d)])\s+(?:{_any(OR_WORDS.values())}|&)\.?\s+(?=\D*\d)"
_NOT_EXTENSION = rf"(?!\s*(?:{_EXTENSION_WORD}|x\s*\d|#|phone-context|isub))"
_NEXT_LABEL = rf"(?<=[\d)])\s+{_NOT_EXTENSION}(?=[^\W\d_]+[.:]*\s*[+(0]|\+)"
_BETWEEN = re.compile(
    rf"\n+|[;|\\]+{_NOT_EXTENSION}|{_OR}|{_NEXT_LABEL}", re.IGNORECASE
)
_COMMA, _SLASH = (
    re.compile(rf"(?<!{mark}){mark}(?!{mark}){_NOT_EXTENSION}", re.IGNORECASE)
    for mark in ",/"
)
_ASIDE = re.compile(r"[(\[]([^()\[\]]*[^\W\d_][^()\[\]]*)[)\]]")
_WORDS_AFTER = re.compile(r"([^A-Z]*?\d)[\s,]+[^\W\d_].*", re.IGNORECASE | re.DOTALL)
_ONE_NUMBER = re.compile(r"\+?[ (]*\d[\d ()-]*", re.ASCII)

SHORTEST = 5
"""Digits of a number that stands beside others. What is shorter is another end of the
number before it, an hour or a room."""


@settled
def canonical_phone(text: str) -> str:
    """Digits, a leading "+" for a country code, and the extension.

    Nothing is guessed: a national and an international spelling of one number
    stay different, because the region is unknown here. A text that holds no
    digit is compared as text.

    :param text: str, as people type it
    :return: str, such as "+4930123456x12"
    """
    if _DIGITS_ONLY.fullmatch(text) and "(0)" not in text:
        return text.translate(_NO_MARKS)  # as most numbers are
    text = unicodedata.normalize("NFKC", visible(text)).strip()
    if _SERVICE_CODE.fullmatch(text):
        return text
    if _WORD_TO_DIAL.fullmatch(text):
        text = text.translate(_KEYS)
    number, extension = _apart(_CONTEXT.sub("", _LABEL.sub("", text)))
    digits = _digits(number)
    if not digits:
        return visible(text).casefold()
    international = bool(_BEFORE.match(number))
    if international:
        digits = _digits(_TRUNK_ZERO.sub("", number))
    elif digits.startswith("00") and len(digits) > 6:
        international, digits = True, _digits(_TRUNK_ZERO.sub("", number))[2:]
    if (context := _CONTEXT.search(text)) and context[1] and not international:
        international, digits = True, _digits(context[1]) + digits
    return ("+" if international else "") + digits + extension


def recognised_numbers(
    text: str, country: str, words: ReferenceData
) -> tuple[str, ...]:
    """The numbers in a field, in the form a person is recognised by.

    :param text: str, as people type it, one number or several
    :param country: str, name or code of the contact's own country, may be empty
    :param words: ReferenceData, which knows the owner's country too
    :return: tuple of str, such as "+4930123456x12", in the order of the text
    """
    if not text:
        return ()
    found = (words.number(part, country) for part in numbers_in(text))
    return tuple(dict.fromkeys(found))


def country_of(*contacts: Mapping[str, str]) -> str:
    """:param contacts: Mapping of field key to text, what is known of one person
    :return: str, the country the person's numbers are first looked for in, or ""
    """
    found = (one.get(key) for key in _COUNTRIES for one in contacts)
    return next(filter(None, found), "")


_COUNTRIES = ("business_country", "home_country", "other_country")


def have_same_numbers(one: str, other: str, country: str, words: ReferenceData) -> bool:
    """:param one: str, as people type it
    :param other: str, likewise
    :param country: str, see :func:`recognised_numbers`
    :param words: ReferenceData
    :return: bool, whether the same can be dialed by both texts
    """
    mine = recognised_numbers(one, country, words)
    return bool(mine) and set(mine) == set(recognised_numbers(other, country, words))


def fewer_numbers(one: str, other: str, country: str, words: ReferenceData) -> str:
    """:return: str, the text whose numbers are all among more numbers of the other, or
    "" if neither is; parameters as for :func:`have_same_numbers`
    """
    mine = set(recognised_numbers(one, country, words))
    theirs = set(recognised_numbers(other, country, words))
    if not mine or not theirs or mine == theirs:
        return ""
    return one if mine < theirs else other if theirs < mine else ""


def numbers_in(text: str) -> tuple[str, ...]:
    """Take a text apart where one number ends and the next begins.

    :param text: str
    :return: tuple of str, each with a digit; what is no part of a number is left out
    """
    if _ONE_NUMBER.fullmatch(text):
        return (text,)
    return _numbers_in(text) if len(text) > LONG else _remembered(text)


@functools.lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> tuple[str, ...]:
    return _numbers_in(text)


def _numbers_in(text: str) -> tuple[str, ...]:
    lines = (visible(part) for part in clean(text).split("\n"))
    text = unicodedata.normalize("NFKC", "\n".join(lines))
    text = _ASIDE.sub(_unless_number, text)
    parts = [
        _without_words_after(number)
        for part in _BETWEEN.split(text)
        for group in _cut(part, _COMMA)
        for number in _cut(group, _SLASH)
    ]
    parts = [part.strip() for part in parts if _digits(part)]
    whole = [part for part in parts if len(_digits(part)) >= SHORTEST]
    return tuple(whole or parts)


def _unless_number(aside: re.Match[str]) -> str:
    """What stands in brackets is a word about the number, its extension, or another."""
    if _EXTENSION.match(aside[0]):
        return aside[0]
    return f";{aside[1]};" if len(_digits(aside[1])) >= SHORTEST + 2 else " "


def _cut(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """Cut at marks that may as well stand within a number, as a slash after the area
    code does, where whole numbers are on both sides."""
    start = 0
    for found in mark.finditer(text):
        if _is_whole(text[start : found.start()], text[found.end() :]):
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _is_whole(text: str, following: str) -> bool:
    """Whether a number ends here; country code, area code and their zeros are no more
    than six digits, unless another begins like one."""
    digits = _digits(text)
    if "+" in text:
        digits = digits[3:]
    elif digits.startswith("00"):
        digits = digits[4:]
    begins = following.strip().startswith(("+", "0", "("))
    return len(digits) > 6 or (len(digits) == 6 and begins)


def _without_words_after(text: str) -> str:
    match = _WORDS_AFTER.match(text)
    if match and len(_digits(match[1])) > 6 and not _EXTENSION.search(text):
        return match[1]
    return text


def _apart(text: str) -> tuple[str, str]:
    """:return: number and extension; the extension may be "" and has an "x" else"""
    match = _EXTENSION.search(text)
    if match and _digits(text[: match.start()]):
        return text[: match.start()], f"x{_digits(match.group(1))}"
    return text, ""


def _digits(text: str) -> str:
    digits = filter(str.isdigit, text)
    return "".join(digits if text.isascii() else map(_plain_digit, digits))


def _plain_digit(char: str) -> str:
    return str(unicodedata.digit(char))
