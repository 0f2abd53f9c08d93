# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who goes first, of several contacts that may all be one person."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.contact import Contact
from ..core.matching import Found, Register
from ..core.records import Entry, Link, RemoteContact
from .pairs import Pair, reconcile
from .parts import Slice

Named = tuple[Entry, RemoteContact, Contact]


def likest_first(
    work: Slice, named: Sequence[Named], register: Register
) -> list[Named]:
    """Those that say what their partner says come first: when nothing is remembered of
    a pair, its contact is still the one that has nothing to tell.

    :param work: Slice
    :param named: sequence of (Entry, RemoteContact, Contact with ``name``)
    :param register: Register
    :return: list of the same, else in the same order
    """
    matches = {e.id: register.match(contact) for e, _remote, contact in named}
    ids = {m.ids[0] for m in matches.values() if m.found is Found.ONE}
    partners = work.parts.partners.fetch(sorted(ids))

    def differs(one: Named) -> bool:
        entry, remote, _contact = one
        match = matches[entry.id]
        if match.found is not Found.ONE or match.ids[0] not in partners:
            return True
        link = Link(0, match.ids[0], entry.ref.folder, "", "", "")
        pair = Pair(link, partners[match.ids[0]], remote.contact, remote.ref)
        outcome = reconcile(work, pair).outcome
        return bool(outcome.to_odoo or outcome.merge.push)

    return sorted(named, key=differs)
