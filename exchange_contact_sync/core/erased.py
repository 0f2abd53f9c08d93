# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What remains of a pair whose partner was deleted: keyed hashes that cannot be read.

They show whether the item was edited afterwards, and the person is recognized by them
when a user enters the contact again.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from .align import with_name
from .contact import Contact
from .evidence import PRIVATE, evidence_kept
from .fields import FIELDS, SETS
from .last_known import facts_known
from .link import ERASED, Link
from .normalize import canonical
from .reference_data import ReferenceData
from .shape import texts

Blind = Callable[[str], str]


def facts_erased(link: Link, blind: Blind) -> dict[str, object]:
    """Return the facts that replace everything known about a pair.

    :param blind: makes a keyed hash of a text
    :return: can be stored as JSON
    """
    facts = facts_known(link)
    hidden = facts.get(PRIVATE)
    if PRIVATE not in facts:
        hidden = evidence_kept(facts, ReferenceData()).blinded(blind).to_json()
    rows = _hashes(link.base.theirs(), blind) if link.base else {}
    return {PRIVATE: hidden, "key": blind("key"), ERASED: json.dumps(rows)}


def was_edited(link: Link, theirs: Contact, blind: Blind) -> bool:
    """Decide whether an item differs from when both sides last agreed, or whether that
    is unknown.

    :param link: the link of a deleted partner
    :param theirs: as the item was read now
    :param blind: makes a keyed hash of a text
    """
    try:
        before = texts(json.loads(str(link.facts.get(ERASED))))
    except ValueError:
        return True
    now = _hashes(theirs, blind)
    return not before or any(now.get(row) != kept for row, kept in before.items())


def _hashes(theirs: Contact, blind: Blind) -> dict[str, str]:
    """Return the hashes of rows whose canonical form is independent of the database."""
    reference_data, named = ReferenceData(), with_name(theirs)
    rows = [key for key in FIELDS if key in named and key not in SETS]
    return {
        row: blind(f"{row} {canonical(row, named, reference_data)}") for row in rows
    }
