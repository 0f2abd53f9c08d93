# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Initials, and how they were made of a name.

Outlook makes "A.S." of "Anna Schmidt" (PidTagInitials, [MS-OXOABK] 2.2.4.3: "the
initials for parts of a mail user's full name"); people write them in other ways.
Initials that are made of the name follow it; others were given by a person and stay.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .align import Aligned
from .fields import IS_COMPANY
from .merge import Merge
from .names import evidence_for, in_parts
from .policy import Policy
from .text import line

ROW = "initials"

ORDERS = (
    ("given_name", "middle_name", "surname"),
    ("given_name", "surname"),
    ("surname", "given_name"),
    ("surname", "given_name", "middle_name"),
)
"""Of which parts of the name, in which order."""

STYLES = (("", "."), ("", ""), (" ", "."), (" ", ""), (".", ""), ("-", ""))
"""What stands between two letters, and after each: A.S., AS, A. S., A S, A.S, A-S."""


def _with_a_capital(part: str) -> list[str]:
    return [word for word in part.split() if not word[0].islower()]


WORDS: tuple[Callable[[str], list[str]], ...] = (
    str.split,
    _with_a_capital,
    lambda part: part.split()[:1],
    lambda part: _with_a_capital(part)[:1],
    lambda part: [word for word in re.split(r"[\s\-]+", part) if word],
)
"""Of which words of a part: all, those with a capital ("van der Berg" has one), the
first of either, and those that hyphens part."""

LETTERS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower)


@dataclass(frozen=True)
class Form:
    """One way to make initials; see the tables above for what each is of."""

    letters: Callable[[str], str]
    words: Callable[[str], list[str]]
    order: tuple[str, ...]
    style: tuple[str, str]

    def of(self, parts: Mapping[str, str]) -> str:
        """:param parts: Mapping with the keys of ``fields.NAME_PARTS``
        :return: str, the initials of a name in this form
        """
        between, after = self.style
        texts = (line(parts.get(key) or "") for key in self.order)
        found = [word[0] + after for text in texts for word in self.words(text)]
        return self.letters(between.join(found))


def followed(initials: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What initials are once the name is another.

    :param initials: str
    :param before: Mapping with the keys of ``fields.NAME_PARTS``, the name so far
    :param after: Mapping, likewise, the name from now on
    :return: str; initials that were not made of the name stay
    """
    wanted = line(initials)
    if not wanted:
        return initials
    forms = itertools.starmap(Form, itertools.product(LETTERS, WORDS, ORDERS, STYLES))
    form = next((form for form in forms if form.of(before) == wanted), None)
    return initials if form is None else form.of(after)


def along_with_name(
    merged: Merge, aligned: Aligned, known: Mapping[str, str], policy: Policy
) -> Merge:
    """Let initials follow a name that goes out. Both sides have them, so that both get
    the new ones; where nothing may come in, Odoo keeps its own.

    A name that comes in is no reason: Outlook, where it was changed, looks after the
    initials itself.

    :param merged: Merge
    :param aligned: Aligned
    :param known: Mapping with the keys of ``fields.NAME_EVIDENCE``, the name as
        Exchange has it
    :param policy: Policy
    :return: Merge
    """
    theirs, way = aligned.theirs.get(ROW), policy.direction(ROW)
    if "name" not in merged.push or ROW in merged.push or not theirs:
        return merged
    if IS_COMPANY in known:
        return merged
    ours = merged.pull.get(ROW, aligned.ours.get(ROW))
    if ours is None or line(ours) != line(theirs) or not way.pushes:
        return merged
    after = {**known, **evidence_for(merged.push["name"], known)}
    new = followed(theirs, in_parts(known), in_parts(after))
    if new == theirs:
        return merged
    push = {**merged.push, ROW: new}
    if way.pulls:
        return replace(merged, push=push, pull={**merged.pull, ROW: new})
    return replace(merged, push=push, own={**merged.own, ROW: ours})
