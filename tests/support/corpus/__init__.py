# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Difficult contacts, as people, telephones and other programs create them.

They are the same each time: some are written by hand, and Hypothesis draws the others
from a fixed seed. All of them are invented; addresses are those reserved for examples
(RFC 2606), and numbers those reserved for fiction, where a country has such numbers.

Odoo can find a name for all contacts in :data:`CONTACTS`, so it accepts them; it cannot
for :data:`UNCALLED`.
"""

from __future__ import annotations

from support.corpus import (
    drawn,
    nameless,
    names,
    notes,
    places,
    reach,
    rest,
    scripts,
    texts,
)
from support.corpus.case import Case

_MODULES = (names, scripts, texts, reach, places, notes, rest, nameless, drawn)


def _numbered(cases: list[Case]) -> tuple[Case, ...]:
    """Give each contact a unique e-mail address, by which the tests recognize it,
    unless the contact is meant to have none or another one.
    """
    return tuple(case.with_address(number) for number, case in enumerate(cases))


CONTACTS = _numbered([case for module in _MODULES for case in module.cases()])
UNCALLED = tuple(nameless.uncalled())
