# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Collect the evidence by which contacts and partners are recognized."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..core.evidence import Evidence, evidence_kept, evidence_of
from ..core.last_known import facts_known
from ..core.link import Link
from ..core.matching import Candidate, Register
from ..core.partner import LocalContact
from .session import Session


def evidence_for(session: Session, contact: Mapping[str, str]) -> Evidence:
    """Return the evidence of a contact.

    :param contact: field key to text, with a full ``name``
    """
    return evidence_of(contact, session.reference_data)


def partner_evidence(session: Session, partner: LocalContact) -> Evidence:
    """Return the evidence of a partner."""
    return evidence_of(partner.contact, session.reference_data)


def last_seen(session: Session, link: Link) -> Evidence:
    """Return the evidence of a link's contact as last seen in the mailbox.

    The evidence of a private contact is hashed.
    """
    return evidence_kept(facts_known(link), session.reference_data)


def keys_of(evidence: Iterable[Evidence]) -> list[str]:
    """Return all match keys, sorted."""
    return sorted({key for one in evidence for key in one.keys()})


def as_candidates(evidence: Mapping[int, Evidence]) -> Register:
    """Return a register of candidates.

    :param evidence: evidence by any id
    """
    return Register(Candidate(number, one) for number, one in evidence.items())
