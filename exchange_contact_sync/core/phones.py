# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Telephone numbers: the form they are compared in, and the slot they belong to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from .fields import PHONE_KEYS

_EXTENSION = re.compile(
    r"(?:;?\s*ext(?:ension|n)?[.:=]?|\s+x|#|доб\.?|вн\.?)\s*(\d+)\s*$", re.IGNORECASE
)
_NATIONAL_ZERO = re.compile(r"(?<=\d)\s*\(0\)")


def canonical_phone(text: str) -> str:
    """Digits, a leading "+" for a country code, and the extension.

    Nothing is guessed: a national and an international spelling of one number
    stay different, because the region is unknown here. A text that holds no
    digit is compared as text.

    :param text: str, as people type it
    :return: str, such as "+4930123456x12"
    """
    text = unicodedata.normalize("NFKC", text).strip()
    extension = ""
    if match := _EXTENSION.search(text):
        text, extension = text[: match.start()], f"x{match.group(1)}"
    digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())
    if not digits:
        return " ".join(f"{text}{extension}".split()).casefold()
    international = text.lstrip("(").startswith("+")
    if international and "(0)" in text:
        bare = _NATIONAL_ZERO.sub("", text)
        digits = "".join(str(unicodedata.digit(c)) for c in bare if c.isdigit())
    if not international and digits.startswith("00") and len(digits) > 6:
        international, digits = True, digits[2:]
    return ("+" if international else "") + digits + extension


def slot_of_number(
    number: str, theirs: Mapping[str, str], remembered: str, preferred: str
) -> str:
    """Which of the nineteen slots the one number of a partner stands for.

    In this order: the slot it came from, as long as something is in it on either
    side; a slot that holds the same number; the slot preferred for the kind of
    number, if it is free or the partner has a number of its own; the first
    filled one (``fields.PHONE_SLOTS`` has them in the order of dialling).

    :param number: str, the partner's number, may be empty
    :param theirs: Mapping of field key to text, the contact in Exchange
    :param remembered: str, key of the slot the number came from; "" if unknown
    :param preferred: str, key of the slot for a number of this kind
    :return: str, a key of ``fields.PHONE_KEYS``
    """
    if remembered and (number or theirs.get(remembered)):
        return remembered
    filled = [key for key in PHONE_KEYS if theirs.get(key)]
    if number:
        wanted = canonical_phone(number)
        equal = [key for key in filled if canonical_phone(theirs[key]) == wanted]
        return equal[0] if equal else preferred
    return filled[0] if filled else (remembered or preferred)
