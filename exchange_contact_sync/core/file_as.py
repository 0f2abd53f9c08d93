# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ``file_as`` text of an item, and the form of its name in which it is written.

Outlook and Exchange create the text by a rule (``FileAsMapping`` in EWS,
PidLidFileUnderId in [MS-OXOCNTC] 2.2.1.1.12); programs that do not support these rules
write one of the same forms. A text that is a form of the name and the company follows
their changes; a person wrote any other text, so it stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .fields import NAME_PARTS
from .text import line

USUAL = "{surname}, {given_name} {middle_name}"
"""Outlook's default in most languages."""

SHOWN = "{display_name}"

NAMES = (
    USUAL,  # LastCommaFirst
    "{given_name} {middle_name} {surname} {suffix}",  # FirstSpaceLast
    "{surname} {given_name} {middle_name}",  # LastSpaceFirst
    "{surname}{given_name} {middle_name}",  # LastFirst
    "{surname} {given_name} {middle_name} {suffix}",  # LastFirstSuffix
    "{surname}{given_name} {middle_name} {suffix}",  # LastFirstMiddleSuffix
    SHOWN,  # DisplayName
    # Forms that people and other programs write.
    "{given_name} {middle_name} {surname}",
    "{surname}, {given_name}",
    "{given_name} {surname}",
    "{surname} {given_name}",
    "{surname}{given_name}",
    "{surname}, {given_name} {middle_name} {suffix}",
    "{surname} {suffix}, {given_name} {middle_name}",
    "{surname}, {given_name} {middle_name}, {suffix}",
    "{title} {given_name} {middle_name} {surname} {suffix}",
    "{title} {surname}, {given_name} {middle_name}",
    "{surname}, {title} {given_name} {middle_name}",
    "{surname}, {given_name} {middle_name}, {title}",
    "{surname}, {given_name} {middle_name} ({title})",
    "{title} {surname}",
    "{given_name} {middle_name}",
    "{given_name}",  # FirstName
    "{surname}",  # LastName
)
"""Forms of a name, with their names in ``FileAsMappingType`` where they have one."""

WITH_COMPANY = (
    "{name}",
    "{company}\n{name}",  # CompanyLastCommaFirst, CompanyLastFirst …
    "{name}\n{company}",  # LastCommaFirstCompany, LastFirstCompany …
    "{company} ({name})",  # as Outlook displays the two above
    "{name} ({company})",
    "{company}, {name}",
    "{name}, {company}",
    "{company} - {name}",
    "{name} - {company}",
    "{company}",  # Company
)
"""Places of the company in the text."""


def _as_it_is(parts: Mapping[str, str]) -> Mapping[str, str]:
    return parts


def _surname_in_capitals(parts: Mapping[str, str]) -> Mapping[str, str]:
    return {**parts, "surname": parts.get("surname", "").upper()}


def _capitals(parts: Mapping[str, str]) -> Mapping[str, str]:
    return {key: text.upper() for key, text in parts.items()}


def _small(parts: Mapping[str, str]) -> Mapping[str, str]:
    return {key: text.lower() for key, text in parts.items()}


LETTERS: tuple[Callable[[Mapping[str, str]], Mapping[str, str]], ...] = (
    _as_it_is,
    _surname_in_capitals,
    _capitals,
    _small,
)
"""Upper and lower case: "SCHMIDT, Anna" is a form, too."""


@dataclass(frozen=True)
class Form:
    """One form of a name.

    :param name: one of ``NAMES``
    :param company: one of ``WITH_COMPANY``
    :param letters: one of ``LETTERS``
    """

    name: str
    company: str
    letters: Callable[[Mapping[str, str]], Mapping[str, str]]

    def of(self, parts: Mapping[str, str]) -> str:
        """Write a name in this form.

        :param parts: with the keys of ``fields.NAME_PARTS``, ``display_name`` and
            ``company``; any may be missing
        :return: "" if all parts that the form needs are missing; some forms put the
            company on a line of its own
        """
        texts = {key: line(parts.get(key) or "") for key in _PARTS}
        written = self.letters(texts)
        name = _tidy(self.name.format_map(written))
        company = written["company"]
        if not (name and company):
            left = (("{name}", name), ("{company}", company))
            there = (text for key, text in left if key in self.company)
            return next(filter(None, there), "")
        return self.company.format(name=name, company=company)


_PARTS = (*NAME_PARTS, "display_name", "company")
_LEFT_OVER = re.compile(r"\(\s*\)|^[\s,]+|[\s,]+$|\s+(?=,)|,(?=\s*,)")
"""What surrounds a missing part."""


def _tidy(text: str) -> str:
    before = ""
    while before != text:
        before, text = text, _LEFT_OVER.sub("", line(text))
    return text


def form_of(
    text: str, parts: Mapping[str, str], names: Sequence[str] = NAMES
) -> Form | None:
    """Find the form in which a name is written.

    :param parts: see :meth:`Form.of`
    :param names: forms of a name, in the order in which they are tried
    :return: None if the text is no form of the name
    """
    wanted = _lines(text)
    if not wanted:
        return None
    return next((form for form in _forms(names) if form.of(parts) == wanted), None)


def _forms(names: Sequence[str]) -> Iterator[Form]:
    for letters in LETTERS:
        for company in WITH_COMPANY:
            for name in names if "{name}" in company else names[:1]:
                yield Form(name, company, letters)


def _lines(text: str) -> str:
    parts = (line(part) for part in text.splitlines())
    return "\n".join(part for part in parts if part)


def usual(parts: Mapping[str, str]) -> str:
    """Return Outlook's default for ``file_as``: "Surname, Given Middle".

    :param parts: see :meth:`Form.of`
    """
    form = Form(USUAL, "{name}", _as_it_is)
    return form.of({**parts, "company": ""}) or line(parts.get("display_name") or "")


def followed(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return ``file_as`` after a change of the name or the company.

    :param before: see :meth:`Form.of`, including ``file_as``
    :param after: see :meth:`Form.of`
    :return: the new name in the same form; a text that a person wrote stays
    """
    filed = before.get("file_as") or ""
    if line(filed) in ("", usual(before)):
        return usual(after)
    form = form_of(filed, before)
    return filed if form is None else form.of(after) or usual(after)
