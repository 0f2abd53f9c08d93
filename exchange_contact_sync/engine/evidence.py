# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What contacts and partners of a run are recognised by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..core.evidence import Evidence, evidence_kept, evidence_of
from ..core.last_known import facts_known
from ..core.link import Link
from ..core.matching import Candidate, Register
from ..core.partner import LocalContact
from .session import Session


def evidence_for(session: Session, contact: Mapping[str, str]) -> Evidence:
    """:param session: Session
    :param contact: Mapping of field key to text, with ``name`` made whole
    :return: Evidence
    """
    return evidence_of(contact, session.words)


def partner_evidence(session: Session, partner: LocalContact) -> Evidence:
    """:param session: Session
    :param partner: LocalContact
    :return: Evidence
    """
    return evidence_of(partner.contact, session.words)


def last_seen(session: Session, link: Link) -> Evidence:
    """:param session: Session
    :param link: Link
    :return: Evidence of the contact as it was last seen in the mailbox, that of a
        private one blinded
    """
    return evidence_kept(facts_known(link), session.words)


def keys_of(evidence: Iterable[Evidence]) -> list[str]:
    """:param evidence: iterable of Evidence
    :return: list of str, all match keys, sorted
    """
    return sorted({key for one in evidence for key in one.keys()})


def as_candidates(evidence: Mapping[int, Evidence]) -> Register:
    """:param evidence: Mapping of any id to Evidence
    :return: Register of these
    """
    return Register(Candidate(number, one) for number, one in evidence.items())
