# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bring both sides of a pair to the same rows of the table.

Odoo has one number and one name where Exchange has nineteen slots and six
parts. Aligning says which slot the number stands for and what the name is in
full, using what was remembered when the pair last agreed. After it, a key means
the same on both sides, and ``merge`` needs no special case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .contact import Base, Contact
from .fields import FIELDS, MAIN_PHONE, NAME_EVIDENCE
from .names import evidence_for, evidence_of, full_name
from .phones import slot_of_number
from .vocabulary import Vocabulary

SLOT = "phone_slot"
INVENTED = "invented_name"
NAME_STAND_INS = ("company", "email", "file_as", MAIN_PHONE)
"""What a nameless contact is called in Odoo, in this order."""


@dataclass(frozen=True)
class Aligned:
    """Both sides in the same rows.

    :param ours: Contact, what Odoo carries
    :param theirs: Contact, what Exchange carries
    :param remembered: Mapping, what to know next time (see ``Base``)
    """

    ours: Contact
    theirs: Contact
    remembered: Mapping[str, str]


def align(
    ours: Contact,
    theirs: Contact,
    base: Base | None,
    words: Vocabulary,
    preferred_slot: str,
) -> Aligned:
    """Bring a partner and a contact of Exchange to the same rows.

    :param ours: Contact, as Odoo's side gave it (with ``fields.MAIN_PHONE``)
    :param theirs: Contact, as Exchange's side gave it (with the name's parts)
    :param base: Base, or None for a pair that never agreed
    :param words: Vocabulary, to tell what Odoo can keep as country and state
    :param preferred_slot: str, slot for a number of this kind
    :return: Aligned
    """
    known = dict(base.remembered) if base else {}
    remembered = evidence_of(theirs)
    slot = slot_of_number(
        ours.get(MAIN_PHONE, ""), theirs, known.get(SLOT, ""), preferred_slot
    )
    remembered[SLOT] = slot
    theirs_name = _their_name(theirs, known, base)
    our_values = {k: v for k, v in ours.items() if k != MAIN_PHONE}
    if MAIN_PHONE in ours:
        our_values[slot] = ours[MAIN_PHONE]
    invented = known.get(INVENTED, "")
    if invented and not theirs_name and ours.get("name") == invented:
        remembered[INVENTED] = invented
        our_values["name"] = ""
    their_values = {k: v for k, v in theirs.items() if k in FIELDS}
    their_values["name"] = theirs_name
    for key in _unknown_places(our_values, their_values, words):
        del our_values[key]
    return Aligned(Contact(our_values), Contact(their_values), remembered)


def _their_name(theirs: Contact, known: Mapping[str, str], base: Base | None) -> str:
    evidence = evidence_of(theirs)
    old = {key: known[key] for key in NAME_EVIDENCE if key in known}
    if base and old == evidence and "name" in base.values:
        return base.foreign.get("name", base.values["name"])
    if evidence.keys() == {"file_as"}:
        return ""
    return full_name(theirs, old)


def _unknown_places(
    ours: Mapping[str, str], theirs: Mapping[str, str], words: Vocabulary
) -> list[str]:
    """Countries and states that Odoo has no record for stay as they are.

    Odoo keeps both as records. A text that names none of them cannot come in,
    and the blank it leaves in Odoo must not go out as if it had been cleared.
    """
    found = []
    for key in ("business_country", "business_state"):
        text = theirs.get(key)
        if not text or ours.get(key) or key not in ours:
            continue
        country = theirs.get("business_country") or ""
        known = (
            words.country(text)
            if key.endswith("country")
            else words.state(text, country)
        )
        if not known:
            found.append(key)
    return found


def stand_in_name(theirs: Mapping[str, str]) -> str:
    """What to call a contact without a name.

    :param theirs: Mapping of field key to text, aligned or not
    :return: str, "" when there is nothing to call it by
    """
    phones = (
        theirs[key] for key in FIELDS if key.startswith("phone_") and key in theirs
    )
    values = (*(theirs.get(key) or "" for key in NAME_STAND_INS), *phones)
    return next((value.strip() for value in values if value.strip()), "")


def to_odoo(changes: Mapping[str, str], slot: str) -> dict[str, str]:
    """What Odoo is told of changed rows.

    :param changes: Mapping of field key to new text
    :param slot: str, the slot that the partner's number stands for
    :return: dict, the slot as ``fields.MAIN_PHONE``; slots Odoo has no place
        for are left out
    """
    result = {k: v for k, v in changes.items() if not k.startswith("phone_")}
    if slot in changes:
        result[MAIN_PHONE] = changes[slot]
    return result


def to_exchange(changes: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """What Exchange is told of changed rows: a changed name in all its parts.

    :param changes: Mapping of field key to new text
    :param known: Mapping, the name as Exchange has it (``names.evidence_of``)
    :return: dict of rows and name parts to set; "" clears
    """
    result = {k: v for k, v in changes.items() if k != "name"}
    if "name" in changes:
        result.update(evidence_for(changes["name"], known))
    return result
