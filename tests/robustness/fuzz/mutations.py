# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random changes of recorded answers."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from lxml import etree

NASTY = (
    "",
    " ",
    "0",
    "-1",
    "²",
    "9" * 5000,
    "99999-01-01T00:00:00Z",
    "2020-02-31T25:61:61Z",
    "0001-01-01T00:00:00Z",
    "true",
    "NoError",
    "ErrorItemNotFound",
    "__doc__",
    "=?utf-8?q?=00?=",
    "\u202e\u200b\ufeff",
    "\U0001f926\u200d",
    "A" * 70_000,
    "<![CDATA[<b>]]>",
    "<!--" * 2000,
    "<div>" * 2000,
    "&amp;" * 2000,
)
BYTES = (
    b"\xff",
    b"\x00",
    b"\xed\xa0\xbd",
    b"&#xD800;",
    b"&#x1A;",
    b"&#0;",
    b"&#99999999999;",
    b"&nbsp;",
    b"<",
    b"&",
    b"</t:Contact>",
    b"<t:x>" * 3000,
    b"<!-- x -->",
    b"<?x y?>",
    b"]]>",
    b"<!DOCTYPE x [<!ENTITY y 'z'>]>",
)

Change = Callable[[random.Random, list[etree._Element]], None]


def mutated(answer: bytes, dice: random.Random) -> bytes:
    """Return an answer with one to three random changes.

    :param answer: the recorded answer
    :param dice: random generator
    """
    root = etree.fromstring(answer)
    for _turn in range(dice.randint(1, 3)):
        elements = [one for one in root.iter("*") if one.getparent() is not None]
        if elements:
            dice.choice(CHANGES)(dice, elements)
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return _spoilt(body, dice) if dice.random() < 0.3 else body


def _drop(dice: random.Random, elements: list[etree._Element]) -> None:
    one = dice.choice(elements)
    one.getparent().remove(one)


def _double(dice: random.Random, elements: list[etree._Element]) -> None:
    one = dice.choice(elements)
    one.addnext(copy.deepcopy(one))


def _move(dice: random.Random, elements: list[etree._Element]) -> None:
    one, there = dice.choice(elements), dice.choice(elements)
    if one is not there and one not in there.iterancestors():
        there.insert(dice.randint(0, len(there)), one)


def _swap(dice: random.Random, elements: list[etree._Element]) -> None:
    one, other = dice.choice(elements), dice.choice(elements)
    one.text, other.text = other.text, one.text


def _rename(dice: random.Random, elements: list[etree._Element]) -> None:
    dice.choice(elements).tag = dice.choice(elements).tag


def _text(dice: random.Random, elements: list[etree._Element]) -> None:
    dice.choice(elements).text = dice.choice(NASTY)


def _attribute(dice: random.Random, elements: list[etree._Element]) -> None:
    with_some = [one for one in elements if one.attrib]
    if not with_some:
        return
    one = dice.choice(with_some)
    name = dice.choice(list(one.attrib))
    if dice.random() < 0.3:
        del one.attrib[name]
    elif dice.random() < 0.5:
        one.attrib[name] = dice.choice(NASTY)
    else:
        others = [value for other in with_some for value in other.attrib.values()]
        one.attrib[name] = dice.choice(others)


def _bury(dice: random.Random, elements: list[etree._Element]) -> None:
    """Nest an element many levels deeper."""
    one = dice.choice(elements)
    above, place = one.getparent(), one.getparent().index(one)
    for _level in range(dice.choice((1, 10, 1500))):
        wrapped = etree.Element(one.tag)
        wrapped.append(one)
        one = wrapped
    above.insert(place, one)


def _fill(dice: random.Random, elements: list[etree._Element]) -> None:
    """Repeat an element very many times."""
    one = dice.choice(elements)
    for _time in range(dice.choice((10, 500))):
        one.addnext(copy.deepcopy(one)) if len(one) < 20 else None


CHANGES: tuple[Change, ...] = (
    _drop,
    _double,
    _move,
    _swap,
    _rename,
    _text,
    _text,
    _attribute,
    _attribute,
    _bury,
    _fill,
)


def _spoilt(body: bytes, dice: random.Random) -> bytes:
    """Replace or remove bytes in the middle."""
    at = dice.randint(0, len(body))
    if dice.random() < 0.2:
        return body[:at] + body[dice.randint(at, len(body)) :]
    return body[:at] + dice.choice(BYTES) + body[at + dice.choice((0, 0, 1, 5)) :]
