# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Phone numbers in the texts that people and programs enter in a phone field.

There are two forms: :func:`canonical_phone` for comparing two texts, which guesses
nothing, and :func:`recognized_numbers` for recognizing a person, which may use the
country. Neither form is ever written to either side.
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
"""Words before an extension, by language."""

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
"""Words between two numbers, by language."""


def _alternatives(words: Iterable[tuple[str, ...]]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    found = {unicodedata.normalize("NFKC", one) for some in words for one in some}
    return "|".join(sorted(map(re.escape, found), key=lambda one: (-len(one), one)))


_EXTENSION_WORD = rf"(?:{_alternatives(EXTENSION_WORDS.values())})(?![^\W\d_])"
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

_OR = rf"(?<=[\d)])\s+(?:{_alternatives(OR_WORDS.values())}|&)\.?\s+(?=\D*\d)"
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
"""The minimum number of digits of a number next to others. Shorter ones are an
alternative ending of the number before, an hour or a room."""


@settled
def canonical_phone(text: str) -> str:
    """Return the digits, with a leading "+" for a country code, and the extension.

    A national and an international spelling of one number remain different, because the
    region is unknown here and is not guessed. A text without a digit is compared as
    text.

    :param text: as people enter it
    :return: such as "+4930123456x12"
    """
    if _DIGITS_ONLY.fullmatch(text) and "(0)" not in text:
        return text.translate(_NO_MARKS)  # the usual case
    text = unicodedata.normalize("NFKC", visible(text)).strip()
    if _SERVICE_CODE.fullmatch(text):
        return text
    if _WORD_TO_DIAL.fullmatch(text):
        text = text.translate(_KEYS)
    number, extension = _split_extension(_CONTEXT.sub("", _LABEL.sub("", text)))
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


def recognized_numbers(
    text: str, country: str, reference_data: ReferenceData
) -> tuple[str, ...]:
    """Return the numbers in a field, in the form by which a person is recognized.

    :param text: as people enter it, one number or several
    :param country: name or code of the contact's own country, may be empty
    :param reference_data: also provides the owner's country
    :return: such as "+4930123456x12", in the order of the text
    """
    if not text:
        return ()
    found = (reference_data.number(part, country) for part in numbers_in(text))
    return tuple(dict.fromkeys(found))


def country_of(*contacts: Mapping[str, str]) -> str:
    """Return the country that is tried first for a person's numbers, or "".

    :param contacts: by field key, what is known about one person
    """
    found = (one.get(key) for key in _COUNTRIES for one in contacts)
    return next(filter(None, found), "")


_COUNTRIES = ("business_country", "home_country", "other_country")


def have_same_numbers(
    one: str, other: str, country: str, reference_data: ReferenceData
) -> bool:
    """Decide whether two texts contain the same numbers to call.

    :param one: as people enter it
    :param other: likewise
    :param country: see :func:`recognized_numbers`
    """
    mine = recognized_numbers(one, country, reference_data)
    return bool(mine) and set(mine) == set(
        recognized_numbers(other, country, reference_data)
    )


def fewer_numbers(
    one: str, other: str, country: str, reference_data: ReferenceData
) -> str:
    """Return the text whose numbers are a proper subset of the other's, "" if neither
    is; parameters as for :func:`have_same_numbers`.
    """
    mine = set(recognized_numbers(one, country, reference_data))
    theirs = set(recognized_numbers(other, country, reference_data))
    if not mine or not theirs or mine == theirs:
        return ""
    return one if mine < theirs else other if theirs < mine else ""


def numbers_in(text: str) -> tuple[str, ...]:
    """Split a text where one number ends and the next begins.

    :return: each with a digit; what is not part of a number is left out
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


def _unless_number(bracket: re.Match[str]) -> str:
    """Keep the text in brackets if it is an extension, separate it if it is another
    number, and remove it otherwise."""
    if _EXTENSION.match(bracket[0]):
        return bracket[0]
    return f";{bracket[1]};" if len(_digits(bracket[1])) >= SHORTEST + 2 else " "


def _cut(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    """Split at marks only where whole numbers are on both sides. The marks also occur
    within a number, such as a slash after the area code."""
    start = 0
    for found in mark.finditer(text):
        if _is_whole(text[start : found.start()], text[found.end() :]):
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _is_whole(text: str, following: str) -> bool:
    """Decide whether a number ends here. Country code, area code and their zeros have
    at most six digits: a number has more, or six if the following text looks like the
    beginning of another number."""
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


def _split_extension(text: str) -> tuple[str, str]:
    """Split a text into number and extension; the latter is "" or begins with "x"."""
    match = _EXTENSION.search(text)
    if match and _digits(text[: match.start()]):
        return text[: match.start()], f"x{_digits(match.group(1))}"
    return text, ""


def _digits(text: str) -> str:
    digits = filter(str.isdigit, text)
    return "".join(digits if text.isascii() else map(_plain_digit, digits))


def _plain_digit(char: str) -> str:
    return str(unicodedata.digit(char))
