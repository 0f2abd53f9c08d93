# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names and texts of invented people, each computed from a number."""

from __future__ import annotations

WIDTH = 4
"""The number of digits, which is fixed so that no text is a part of another one."""

_SYLLABLES = ("bal", "cem", "dir", "fos", "gun", "kaz", "lev", "mip", "noq", "rut")
"""One syllable for each digit. Any two differ in two letters, so that the name of a
number does not look like that of another number with a typing error."""


def digits(number: int) -> str:
    """:return: str, the number with a fixed number of digits"""
    return f"{number:0{WIDTH}}"


def given_name(number: int) -> str:
    """:return: str, one word, unique for the number"""
    return "".join(_SYLLABLES[int(one)] for one in digits(number)).title()


def surname(number: int) -> str:
    """:return: str, one word, unique for the number and different from all given
    names"""
    return given_name(number)[::-1].title()


def full_name(number: int) -> str:
    """:return: str, "Given Surname" """
    return f"{given_name(number)} {surname(number)}"
