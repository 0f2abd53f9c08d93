# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forms of texts: as both sides can store them, and as people mean them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

Form = Callable[[str], str]

REMEMBERED, LONG = 4096, 100
"""How many texts each form caches, enough for a batch; texts longer than LONG are not
cached."""

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
"""Unicode format characters (category Cf), and characters that programs may not display
(Default_Ignorable_Code_Point,
https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt)."""


def settled(form: Form) -> Form:
    """Make a form idempotent: apply it until it changes nothing.

    Unicode's own steps are not idempotent in combination: a compatibility form can
    introduce punctuation or capitals again (https://unicode.org/reports/tr15/). Two
    rounds are enough for nearly all texts.

    :param form: makes a text shorter or simpler
    """

    def settle(text: str) -> str:
        while (result := form(text)) != text:
            text = result
        return text

    # A run needs the form of the same text many times, for matching and for merging.
    remembered = functools.lru_cache(maxsize=REMEMBERED)(settle)

    @functools.wraps(form)
    def apply(text: str) -> str:
        return remembered(text) if len(text) <= LONG else settle(text)

    return apply


def clean(text: str) -> str:
    """Return a text that both sides can store.

    :return: in NFC, line ends as ``\\n``, without characters that XML 1.0 or PostgreSQL
        refuse (https://www.w3.org/TR/xml/#charsets), invisible control characters, and
        the byte order mark, which programs remove at the beginning of a text
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or not text.isprintable():
        text = _UNSTORABLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def line(text: str) -> str:
    """Return a text on one line, with single spaces and the letters as written."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # the same result as _line, only faster
    return _line(text)


@settled
def _line(text: str) -> str:
    return " ".join(clean(text).split())


def without_invisible(text: str) -> str:
    """Remove invisible characters from an address or a number."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def visible(text: str) -> str:
    """Return an address or a number on one line, without invisible characters.

    These include the direction marks that phones put around numbers, soft hyphens and
    joiners.
    """
    return line(text) if text.isascii() else _visible(text)


@settled
def _visible(text: str) -> str:
    return line(without_invisible(text))


def name_line(text: str) -> str:
    """Return a name on one line, without characters that are neither seen nor spoken.

    The two joiners stay, because they distinguish words in Persian and shape letters in
    the scripts of India
    (https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters).
    """
    return line(text) if text.isascii() else _name_line(text)


@settled
def _name_line(text: str) -> str:
    return line(_FORMAT_BUT_JOINERS.sub("", text))


@settled
def fold(text: str) -> str:
    """Return a text without differences that people do not mean in a name: case,
    encoding of accents, dots and double spaces.
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
"""Letters that Unicode does not decompose, and Arabic letters that Persian and Urdu
write differently, each with the letter that people without its key use."""
_MARKS = re.compile(r"[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
"""Accents of Latin, Greek and Cyrillic letters, and the vowels of Hebrew and Arabic.
The marks of other scripts, such as those of India and Japan, distinguish words."""
_UMLAUT = re.compile(r"([ao]|(?<![aeq])u)e(?=[bcdfghjklmnpqrstvwxz])(?!l(?![^\W\d_]))")
"""An umlaut written as two letters. "Joe" and "Zoe" have no umlaut, nor do names that
end like "Michael", "Manuel" and "Joel", nor "Bauer"."""


@settled
def levelled(text: str) -> str:
    """Return a text in basic letters, lower case and without accents, for recognizing
    people.

    "ß" becomes "ss", "Müller", "Mueller" and "Muller" become the same, "İ" and "ı"
    become "i", and "ﬁ" becomes "fi". Everything that is compared with SQL is stored in
    this form, so that PostgreSQL, whose rules depend on its locale, does not fold any
    text itself.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = unicodedata.normalize("NFKC", _MARKS.sub("", text))
    return _UMLAUT.sub(r"\1", text.casefold())
