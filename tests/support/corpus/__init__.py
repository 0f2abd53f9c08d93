# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nasty contacts, as people, telephones and other programs leave them in mailboxes.

The same ones each time: some written by hand, the others drawn by Hypothesis from a
fixed seed. All of it is invented; addresses are those reserved for examples (RFC 2606),
numbers those reserved for fiction where a country has such.

:data:`CONTACTS` can all be called something, so that Odoo takes them;
:data:`UNCALLED` cannot.
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
    """Each gets an e-mail address of its own, by which it is known again, unless it is
    about having none or another one.
    """
    return tuple(case.with_address(number) for number, case in enumerate(cases))


CONTACTS = _numbered([case for module in _MODULES for case in module.cases()])
UNCALLED = tuple(nameless.uncalled())
