# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stays of a pair whose partner was deleted: keyed hashes, nothing to be read.

They tell whether the contact in the mailbox was edited since, and by them the person is
recognized when somebody enters them anew.
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
    """:param link: Link
    :param blind: callable that makes a keyed hash of a text
    :return: dict, ready for a JSON column, in the place of all that was known
    """
    known = facts_known(link)
    hidden = known.get(PRIVATE)
    if PRIVATE not in known:
        hidden = evidence_kept(known, ReferenceData()).blinded(blind).to_json()
    rows = _hashes(link.base.theirs(), blind) if link.base else {}
    return {PRIVATE: hidden, "key": blind("key"), ERASED: json.dumps(rows)}


def was_edited(link: Link, theirs: Contact, blind: Blind) -> bool:
    """:param link: Link, erased
    :param theirs: Contact, as it was read now
    :param blind: callable that makes a keyed hash of a text
    :return: bool, whether the contact says something else than when both sides last
        agreed, or nothing is known of that
    """
    try:
        known = texts(json.loads(str(link.facts.get(ERASED))))
    except ValueError:
        return True
    now = _hashes(theirs, blind)
    return not known or any(now.get(row) != kept for row, kept in known.items())


def _hashes(theirs: Contact, blind: Blind) -> dict[str, str]:
    """Of what is compared in the same form whatever the database knows."""
    words, named = ReferenceData(), with_name(theirs)
    rows = [key for key in FIELDS if key in named and key not in SETS]
    return {row: blind(f"{row} {canonical(row, named, words)}") for row in rows}
