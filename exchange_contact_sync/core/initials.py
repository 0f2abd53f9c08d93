# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Initials, and the form in which they are derived from a name.

Outlook derives "A.S." from "Anna Schmidt" (PidTagInitials, [MS-OXOABK] 2.2.4.3: "the
initials for parts of a mail user's full name"); people write them in other ways.
Initials derived from the name follow its changes; a person wrote any others, so they
stay.
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
"""The parts of the name that are used, in order."""

STYLES = (("", "."), ("", ""), (" ", "."), (" ", ""), (".", ""), ("-", ""))
"""Text between two letters, and after each: A.S., AS, A. S., A S, A.S, A-S."""


def _with_a_capital(part: str) -> list[str]:
    return [word for word in part.split() if not word[0].islower()]


WORDS: tuple[Callable[[str], list[str]], ...] = (
    str.split,
    _with_a_capital,
    lambda part: part.split()[:1],
    lambda part: _with_a_capital(part)[:1],
    lambda part: [word for word in re.split(r"[\s\-]+", part) if word],
)
"""The words of a part that are used: all, those with a capital (one in "van der Berg"),
the first of either, and words separated by hyphens."""

LETTERS: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower)


@dataclass(frozen=True)
class Form:
    """One way to derive initials; the tables above explain the attributes."""

    letters: Callable[[str], str]
    words: Callable[[str], list[str]]
    order: tuple[str, ...]
    style: tuple[str, str]

    def of(self, parts: Mapping[str, str]) -> str:
        """Return the initials of a name in this form.

        :param parts: with the keys of ``fields.NAME_PARTS``
        """
        between, after = self.style
        texts = (line(parts.get(key) or "") for key in self.order)
        found = [word[0] + after for text in texts for word in self.words(text)]
        return self.letters(between.join(found))


def followed(initials: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return the initials after a change of the name.

    :param before: with the keys of ``fields.NAME_PARTS``, the former name
    :param after: likewise, the new name
    :return: unchanged if the initials were not derived from the name
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
    """Change initials together with a name that is pushed. Both sides get the new
    initials; if they cannot be pulled, Odoo keeps its own.

    A name that is pulled has no such effect: it was changed in Outlook, which updates
    the initials itself.

    :param known: with the keys of ``fields.NAME_EVIDENCE``, the name in Exchange
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
    if new == line(theirs):
        return merged
    push = {**merged.push, ROW: new}
    if way.pulls:
        return replace(merged, push=push, pull={**merged.pull, ROW: new})
    return replace(merged, push=push, own={**merged.own, ROW: ours})
