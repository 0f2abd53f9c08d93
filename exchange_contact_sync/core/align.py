# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Map both sides of a pair to the same rows of the table of fields.

Odoo has one phone number and one name where Exchange has nineteen phone slots and six
parts of a name. Aligning decides which slot the number belongs to and what the full
name is, based on what was remembered when the pair last agreed. Afterwards a key means
the same on both sides, so that ``merge`` needs no special cases.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from . import dates, labels
from .changes import with_exact_texts
from .companies import (
    both_are_companies,
    company_evidence,
    company_item_name,
    has_own_name,
)
from .contact import SLOT, Base, Contact
from .differences import NO_DIFFERENCES, Differences
from .email_texts import FIELD, OPTIONS, EmailTexts, email_texts
from .emails import bare
from .fields import (
    FIELDS,
    IS_COMPANY,
    LISTS,
    MAIN_PHONE,
    NAME_EVIDENCE,
    NAME_PARTS,
    NUMBER_LISTS,
    PHONE_KEYS,
    Kind,
)
from .file_as import followed
from .first_contact import agreed_at_first, clear_address_as_name
from .multi_value import Placed, place
from .names import evidence_for, evidence_of, full_name, in_parts
from .numbers import canonical_phone, country_of, have_same_numbers
from .phones import LastSeen, slot_of_number
from .reference_data import ReferenceData, meaning_of_blanks
from .text import line, without_invisible

STAND_IN_NAME = "invented_name"
UNKNOWN_PLACES = "unheld_places"
SURPLUS = "surplus"

BLANK = {key: place("", rows, {}, {}) for key, rows in LISTS.items()}
"""Placed lists that have no value."""

LISTED = {row: key for key, rows in LISTS.items() for row in rows}
"""Rows that have no field of their own in Odoo, each with the key of its list."""

NAME_STAND_INS = (
    *("company", "nickname", "email", "file_as", "email2", "email3", MAIN_PHONE),
    *(key for key in FIELDS if key.startswith("phone_")),
    *("initials", "im1", "im2", "im3", "website", "personal_page"),
)
"""The fields that can serve as the name of a nameless contact in Odoo, in this order.
A job, a place or another person's name does not identify a person."""


@dataclass(frozen=True)
class Aligned:
    """A pair whose sides use the same rows.

    :param ours: what Odoo stores
    :param theirs: what Exchange stores
    :param base: what both sides last agreed on; None if they never did
    :param remembered: what the next merge needs (see ``Base``)
    :param lists: by key of ``fields.LISTS``, the lists that Odoo stores
    :param differences: those that remain between the sides
    :param emails: the texts in Odoo that contain the e-mail addresses
    """

    ours: Contact
    theirs: Contact
    base: Mapping[str, str] | None
    remembered: Mapping[str, str]
    lists: Mapping[str, Placed]
    differences: Differences = NO_DIFFERENCES
    emails: EmailTexts = EmailTexts()

    @property
    def slot(self) -> str:
        """The key of the slot of the partner's number."""
        return self.remembered[SLOT]


def align(
    ours: Contact,
    theirs: Contact,
    base: Base | None,
    reference_data: ReferenceData,
    preferred_slot: str,
) -> Aligned:
    """Map a partner and an item to the same rows.

    :param ours: as Odoo's side provided it (with ``fields.MAIN_PHONE``)
    :param theirs: as Exchange's side provided it (with the parts of the name)
    :param base: None for a pair that never agreed
    :param reference_data: decides what Odoo can store as country and state
    :param preferred_slot: the slot for a number of this kind
    """
    known = base.remembered if base else {}
    ours, emails = _with_bare_addresses(ours, theirs, base, reference_data)
    slot = _slot(ours, theirs, base, reference_data, preferred_slot)
    agreed, differences = _agreed(base, slot) if base else (None, NO_DIFFERENCES)
    places = differences.in_odoo(agreed or {})
    lists = _place_lists(ours, slot, places, theirs, surplus_of(base))
    our_values = _in_rows(ours, slot, lists, reference_data)
    remembered = _to_remember(theirs, our_values, slot, lists, known)
    their_values = {k: v for k, v in theirs.items() if k in reference_data.rows}
    their_values["name"] = their_name(theirs, base)
    if both_are_companies(ours, theirs):
        their_values["name"] = company_item_name(theirs)
        remembered |= {IS_COMPANY: "yes", "company": their_values.pop("company", "")}
        our_values.pop("company", None)
    if _is_stand_in(ours, their_values["name"], theirs, base):
        remembered[STAND_IN_NAME] = line(ours.get("name", ""))
        our_values["name"] = ""
    if base is None:
        clear_address_as_name(our_values, their_values)
        are_company = IS_COMPANY in remembered
        agreed = agreed_at_first(
            our_values, their_values, reference_data, are_company=are_company
        )
    unheld = frozenset(known.get(UNKNOWN_PLACES, "").split())
    blanks = meaning_of_blanks(
        unheld, our_values, their_values, agreed or {}, reference_data
    )
    if agreed is not None:
        agreed.update(dict.fromkeys(blanks.anew, ""))
    if blanks.untouched:
        remembered[UNKNOWN_PLACES] = " ".join(sorted(blanks.untouched))
        our_values = {k: v for k, v in our_values.items() if k not in blanks.untouched}
    mine, theirs = Contact(our_values), Contact(their_values)
    differences = with_exact_texts(agreed or {}, differences, mine, reference_data)
    return Aligned(mine, theirs, agreed, remembered, lists, differences, emails)


def _in_rows(
    ours: Contact, slot: str, lists: Mapping[str, Placed], reference_data: ReferenceData
) -> dict[str, str]:
    """Return Odoo's values with its phone numbers and other lists in their slots."""
    values = {key: text for key, text in ours.items() if key in reference_data.rows}
    for placed in lists.values():
        values.update(placed.places)
    if MAIN_PHONE in ours:
        values[slot] = ours[MAIN_PHONE]
    return values


def _with_bare_addresses(
    ours: Contact, theirs: Contact, base: Base | None, reference_data: ReferenceData
) -> tuple[Contact, EmailTexts]:
    """Return a partner with addresses in the form sent to Exchange, including those in
    rows of other addons."""
    agreed = base.differences.in_odoo(base.values) if base else {}
    emails = email_texts(ours, agreed, theirs, surplus_of(base))
    values = emails.values
    added = (
        reference_data.rows.keys() - FIELDS.keys()
        if reference_data.rows is not FIELDS
        else ()
    )
    for key in added:
        if reference_data.rows[key].kind is Kind.EMAIL:
            values[key] = bare(ours.get(key) or "")
        elif reference_data.rows[key].kind is Kind.PHONE:
            values[key] = without_invisible(ours.get(key) or "")
    differing = {k: text for k, text in values.items() if ours.get(k, text) != text}
    return ours.with_values(differing) if differing else ours, emails


def _slot(
    ours: Contact,
    theirs: Contact,
    base: Base | None,
    reference_data: ReferenceData,
    preferred: str,
) -> str:
    """Return the key of the slot of the partner's number."""

    def alike(one: str, other: str) -> bool:
        if one == other or canonical_phone(one) == canonical_phone(other):
            return True
        return have_same_numbers(one, other, country_of(ours, theirs), reference_data)

    number, last = ours.get(MAIN_PHONE, ""), _last_seen(base) if base else LastSeen()
    return slot_of_number(number, theirs, last, preferred, _held(ours), alike)


def _to_remember(
    theirs: Contact,
    carried: Mapping[str, str],
    slot: str,
    lists: Mapping[str, Placed],
    known: Mapping[str, str],
) -> dict[str, str]:
    remembered = {**evidence_of(theirs), **_other_numbers(theirs, carried), SLOT: slot}
    filled = {key: placed for key, placed in lists.items() if placed.texts}
    surplus = [f"{key} {t}" for key, placed in filled.items() for t in placed.surplus]
    if surplus:
        remembered[SURPLUS] = "\n".join(surplus)
    return remembered | labels.seen(theirs, known) | dates.local_days_of(theirs)


def _held(ours: Contact) -> set[str]:
    """Return the slots that the partner's further numbers belong to."""
    return {LISTS[key][0] for key in NUMBER_LISTS if ours.get(key)}


def _place_lists(
    ours: Contact,
    slot: str,
    agreed: Mapping[str, str],
    theirs: Contact,
    surplus: Collection[tuple[str, str]],
) -> dict[str, Placed]:
    """Return the lists that Odoo stores, without the partner's main number."""
    lists = {}
    for key, rows in LISTS.items():
        if ours.get(key) or (key in ours and slot in rows):
            free = [row for row in rows if row != slot]
            spare = {text for one, text in surplus if one == key}
            lists[key] = place(ours[key], free, agreed, theirs, spare)
        elif key in ours:
            lists[key] = BLANK[key]  # the usual case
    return lists


def surplus_of(base: Base | None) -> tuple[tuple[str, str], ...]:
    """Return the texts for which Exchange had no slot, each with the key of its
    list."""
    lines = base.remembered.get(SURPLUS, "").split("\n") if base else ()
    return tuple(
        (key, text) for key, _, text in (x.partition(" ") for x in lines) if key
    )


def _is_stand_in(ours: Contact, true: str, theirs: Contact, base: Base | None) -> bool:
    """Decide whether the contact has no name and the text is only a stand-in name. This
    can be decided even for a pair that never agreed, or whose base was deleted."""
    name = line(ours.get("name", ""))
    if base:
        known = base.remembered.get(STAND_IN_NAME)
        return known is not None and name == line(known)
    return not true and name in stand_in_names(theirs)


def _last_seen(base: Base) -> LastSeen:
    slot = base.remembered.get(SLOT, "")
    return LastSeen(slot, base.values.get(slot, ""), base.theirs())


def _other_numbers(theirs: Contact, carried: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers that Odoo cannot store."""
    return {k: theirs[k] for k in PHONE_KEYS if theirs.get(k) and k not in carried}


def _agreed(base: Base, slot: str) -> tuple[dict[str, str], Differences]:
    """Return the base with the partner's number moved to its present slot."""
    agreed = dict(base.values)
    before = base.remembered.get(SLOT, "")
    if before != slot and before in agreed:
        agreed[slot] = agreed.pop(before)
        return agreed, base.differences.moved(before, slot)
    return agreed, base.differences


def their_name(theirs: Contact, base: Base | None) -> str:
    """Return the name of an item.

    :param theirs: with the parts of the name
    :param base: if given, and the parts are still those remembered, the name is the one
        that both sides know, whatever it was composed of
    :return: "" for an item that has only ``file_as``
    """
    if base and base.remembered.get(IS_COMPANY) and not has_own_name(theirs):
        return company_item_name(theirs)
    evidence = evidence_of(theirs)
    if evidence.keys() <= {"file_as"}:
        return ""
    if base is None:
        return full_name(theirs, {})
    old = {key: base.remembered.get(key, "") for key in NAME_EVIDENCE}
    name = base.foreign.get("name", base.values.get("name"))
    spoken = (*NAME_PARTS, "display_name")
    if name is not None and all(
        line(old[key]) == line(theirs.get(key) or "") for key in spoken
    ):
        return name
    return full_name(theirs, old)


def with_name(contact: Contact) -> Contact:
    """Return an item's contact with its full name. A contact without a name gets the
    stand-in name that it has in Odoo, and is recognized by that.

    :param contact: an item's contact, with the parts of its name
    """
    name = their_name(contact, None) or stand_in_name(contact)
    return contact.with_values({"name": name})


def stand_in_name(theirs: Mapping[str, str]) -> str:
    """Return the stand-in name of a contact without a name.

    :param theirs: by field key, aligned or not
    :return: "" if no field can serve as a name
    """
    return next(stand_in_names(theirs), "")


def stand_in_names(theirs: Mapping[str, str]) -> Iterator[str]:
    """Return all possible stand-in names of a contact, the preferred one first.

    :param theirs: by field key, aligned or not
    """
    values = (theirs.get(key) or "" for key in NAME_STAND_INS)
    return (line(value) for value in values if line(value))


def to_odoo(changes: Mapping[str, str], aligned: Aligned) -> dict[str, str]:
    """Convert changed rows to the values that are written in Odoo.

    :param changes: new texts by field key
    :return: the slot of the partner's number as ``fields.MAIN_PHONE``, lists as a whole
        by their own key; slots that Odoo cannot store are left out
    """
    result = {k: v for k, v in changes.items() if k not in LISTED}
    if aligned.slot in changes:
        result[MAIN_PHONE] = changes[aligned.slot]
    touched = {LISTED[row] for row in changes if row in LISTED} - {OPTIONS}
    for key in sorted(aligned.lists.keys() & touched):
        text = aligned.lists[key].after(changes)
        if text is not None:
            result[key] = text
    result.pop(FIELD, None)
    return {**result, **aligned.emails.after(changes, aligned.lists.get(OPTIONS))}


def to_exchange(
    changes: Mapping[str, str],
    known: Mapping[str, str],
    differing: Collection[str] = (),
) -> dict[str, str]:
    """Convert changed rows to the values that are written in Exchange: a changed name
    in all its parts, and the values derived from a name, a company or an address.

    :param changes: new texts by field key
    :param known: what Exchange has, by field key, part of the name
        (``names.evidence_of``) and label (``labels.seen``)
    :param differing: rows of which Exchange did not accept everything
    :return: by row, part of the name or label; "" clears
    """
    if not changes:
        return {}
    result = {k: v for k, v in changes.items() if k != "name"}
    if "name" in changes:
        name = changes["name"]
        if known.get(IS_COMPANY):
            result.update(company_evidence(name, known))
        else:
            result.update(evidence_for(name, known, anew="name" in differing))
    before, after = in_parts(known), in_parts({**known, **result})
    if "company" in changes and known.get("file_as"):
        filed = followed(before, after)
        if line(filed) != line(known["file_as"]):
            result["file_as"] = filed
    result.update(labels.followed(before, after))
    result.update(dates.local_days_to_send(changes, known))
    return result
