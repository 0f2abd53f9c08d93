# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names and texts of people who do not exist, each made of a number."""

from __future__ import annotations

WIDTH = 4
"""Digits of a number: so no text is a part of another one."""

_SYLLABLES = ("bal", "cem", "dir", "fos", "gun", "kaz", "lev", "mip", "noq", "rut")
"""One for each digit; any two differ in two letters, so that no name of a number looks
like one of another number with a typing error."""


def digits(number: int) -> str:
    """:return: str, the number in always the same width"""
    return f"{number:0{WIDTH}}"


def given_name(number: int) -> str:
    """:return: str, one word that no other number gives"""
    return "".join(_SYLLABLES[int(one)] for one in digits(number)).title()


def surname(number: int) -> str:
    """:return: str, likewise, and no given name"""
    return given_name(number)[::-1].title()


def full_name(number: int) -> str:
    """:return: str, "Given Surname" """
    return f"{given_name(number)} {surname(number)}"
