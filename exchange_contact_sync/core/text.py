# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts as both sides can keep them, and as people mean them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

Form = Callable[[str], str]

REMEMBERED, LONG = 4096, 100
"""How many texts a form remembers, enough for a batch; longer ones are not worth it."""

_UNSTORABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x80-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)

_FORMAT = (
    r"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0001\U000e0020-\U000e007f"
)
_JOINERS = r"\u200c\u200d"
_FILLERS = (
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0"
    r"\U000e0100-\U000e01ef"
)
_FORMAT_BUT_JOINERS = re.compile(f"[{_FORMAT}]")
_INVISIBLE = re.compile(f"[{_FORMAT}{_JOINERS}{_FILLERS}]")
"""What Unicode counts as format characters (category Cf), and what a program may show
as nothing (Default_Ignorable_Code_Point,
https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt)."""


def settled(form: Form) -> Form:
    """Make a form idempotent: it is applied until it changes nothing.

    Unicode's own steps are not idempotent when they are combined (a compatibility
    form can bring punctuation or capitals back, https://unicode.org/reports/tr15/).
    Two rounds are enough for nearly all texts.

    :param form: callable from str to str that gets shorter or simpler
    :return: callable, the same form, settled
    """

    def settle(text: str) -> str:
        while (result := form(text)) != text:
            text = result
        return text

    # A run asks for the form of a text again and again: to match it, to merge it.
    remembered = functools.lru_cache(maxsize=REMEMBERED)(settle)

    @functools.wraps(form)
    def apply(text: str) -> str:
        return remembered(text) if len(text) <= LONG else settle(text)

    return apply


def clean(text: str) -> str:
    """A text as both sides can store it.

    :param text: str
    :return: str, in NFC, without characters that XML 1.0 or PostgreSQL refuse
        (https://www.w3.org/TR/xml/#charsets), controls that nobody sees, and the mark
        of a byte order, which programs take away where a text begins; line ends as
        ``\\n``
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or not text.isprintable():
        text = _UNSTORABLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """:return: str, one line, blanks collapsed, letters as written"""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # what the form would settle at, at once
    return _line(text)


@settled
def _line(text: str) -> str:
    return " ".join(clean(text).split())


def without_invisible(text: str) -> str:
    """:param text: str, an address or a number
    :return: str, without the characters that nobody sees, else as it is
    """
    return text if text.isascii() else _INVISIBLE.sub("", text)


def visible(text: str) -> str:
    """An address or a number without what nobody sees.

    :param text: str
    :return: str, one line without format characters: marks of direction that telephones
        put around numbers, soft hyphens, joiners
    """
    return line(text) if text.isascii() else _visible(text)


@settled
def _visible(text: str) -> str:
    return line(without_invisible(text))


def name_line(text: str) -> str:
    """A name without what nobody sees or hears.

    :param text: str
    :return: str, one line; the two joiners stay, for they tell one word from another
        in Persian, and shape letters in the scripts of India
        (https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters)
    """
    return line(text) if text.isascii() else _name_line(text)


@settled
def _name_line(text: str) -> str:
    return line(_FORMAT_BUT_JOINERS.sub("", text))


@settled
def fold(text: str) -> str:
    """A text without what people do not mean when they write a name.

    :param text: str
    :return: str, case, accents' encoding, dots and double blanks levelled out
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace(".", " ")
    return unicodedata.normalize("NFKC", " ".join(text.split()))


_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ı": "i",
        "ȷ": "j",
        "æ": "ae",
        "œ": "oe",
        "ŋ": "n",
        "ĸ": "k",
        "ə": "e",
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "ـ": "",
    }
)
"""Letters that Unicode does not take apart, and those of Arabic that Persian and Urdu
write otherwise, as people without these keys write them."""
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
"""Accents of Latin, Greek and Cyrillic letters, and the vowels of Hebrew and Arabic.
The marks of other scripts tell words apart: those of India, and the Japanese."""
_UMLAUT = re.compile(r"([ao]|(?<![aeq])u)e(?=[bcdfghjklmnpqrstvwxz])(?!l(?![^\W\d_]))")
"""An umlaut as it is written without its key. "Joe" and "Zoe" have none, nor do names
that end as "Michael", "Manuel" and "Joel" do, nor "Bauer"."""


@settled
def levelled(text: str) -> str:
    """The letters of a text as everybody can write them, to recognise people by.

    "ß" is "ss", "Müller" is "Mueller" and "Muller", "İ" and "ı" are "i", and "ﬁ" is
    "fi". Everything that is compared with SQL is stored in this form, so that
    PostgreSQL, whose rules differ with its locale, does not fold anything itself.

    :param text: str
    :return: str, in small letters, without accents
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = unicodedata.normalize("NFKC", _MARKS.sub("", text))
    return _UMLAUT.sub(r"\1", text.casefold())
