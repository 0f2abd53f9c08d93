# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bring both sides of a pair to the same rows of the table.

Odoo has one number and one name where Exchange has nineteen slots and six
parts. Aligning says which slot the number stands for and what the name is in
full, using what was remembered when the pair last agreed. After it, a key means
the same on both sides, and ``merge`` needs no special case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from . import dates, labels
from .changes import as_typed
from .contact import SLOT, Base, Contact
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
from .firms import are_company, firm_evidence, firm_name, has_own_name
from .first_contact import agreed_at_first, leave_addresses_out
from .known import NOTHING_MORE, Known
from .multi_value import Placed, place
from .names import evidence_for, evidence_of, full_name, in_parts
from .numbers import canonical_phone, country_of, have_same_numbers
from .phones import LastSeen, slot_of_number
from .reference_data import ReferenceData, look_at
from .text import line, without_invisible

INVENTED = "invented_name"
UNHELD = "unheld_places"
SURPLUS = "surplus"

BLANK = {key: place("", rows, {}, {}) for key, rows in LISTS.items()}
"""Lists without a value."""

LISTED = frozenset(row for rows in LISTS.values() for row in rows)
"""Rows that Odoo has no field of its own for."""

NAME_STAND_INS = (
    *("company", "nickname", "email", "file_as", "email2", "email3", MAIN_PHONE),
    *(key for key in FIELDS if key.startswith("phone_")),
    *("initials", "im1", "im2", "im3", "website", "personal_page"),
)
"""What a nameless contact is called in Odoo, in this order: all that one could call
somebody by. A job, a place or another person's name says nothing of who it is."""


@dataclass(frozen=True)
class Aligned:
    """A pair in the same rows.

    :param ours: Contact, what Odoo carries
    :param theirs: Contact, what Exchange carries
    :param base: Mapping, what both last agreed on, or None
    :param remembered: Mapping, what to know next time (see ``Base``)
    :param lists: Mapping of key of ``fields.LISTS`` to Placed, those Odoo carries
    :param known: Known, what is known besides the base
    :param emails: EmailTexts, the texts in Odoo that the e-mail addresses stand in
    """

    ours: Contact
    theirs: Contact
    base: Mapping[str, str] | None
    remembered: Mapping[str, str]
    lists: Mapping[str, Placed]
    known: Known = NOTHING_MORE
    emails: EmailTexts = EmailTexts()

    @property
    def slot(self) -> str:
        """Key of the slot that the partner's number stands for."""
        return self.remembered[SLOT]


def align(
    ours: Contact,
    theirs: Contact,
    base: Base | None,
    words: ReferenceData,
    preferred_slot: str,
) -> Aligned:
    """Bring a partner and a contact of Exchange to the same rows.

    :param ours: Contact, as Odoo's side gave it (with ``fields.MAIN_PHONE``)
    :param theirs: Contact, as Exchange's side gave it (with the name's parts)
    :param base: Base, or None for a pair that never agreed
    :param words: ReferenceData, to tell what Odoo can keep as country and state
    :param preferred_slot: str, slot for a number of this kind
    :return: Aligned
    """
    known = base.remembered if base else {}
    ours, emails = _with_bare_addresses(ours, theirs, base, words)
    slot = _slot(ours, theirs, base, words, preferred_slot)
    agreed, beside = _agreed(base, slot) if base else (None, NOTHING_MORE)
    places = beside.in_odoo(agreed or {})
    lists = _place_lists(ours, slot, places, theirs, surplus_of(base))
    our_values = _in_rows(ours, slot, lists, words)
    remembered = _to_remember(theirs, our_values, slot, lists, known)
    their_values = {k: v for k, v in theirs.items() if k in words.rows}
    their_values["name"] = their_name(theirs, base)
    if are_company(ours, theirs):
        their_values["name"] = firm_name(theirs)
        remembered |= {IS_COMPANY: "yes", "company": their_values.pop("company", "")}
        our_values.pop("company", None)
    if _is_invented(ours, their_values["name"], theirs, base):
        remembered[INVENTED] = line(ours.get("name", ""))
        our_values["name"] = ""
    if base is None:
        leave_addresses_out(our_values, their_values)
        agreed = agreed_at_first(our_values, their_values, words)
    unheld = frozenset(known.get(UNHELD, "").split())
    blanks = look_at(unheld, our_values, their_values, agreed or {}, words)
    if agreed is not None:
        agreed.update(dict.fromkeys(blanks.afresh, ""))
    if blanks.untouched:
        remembered[UNHELD] = " ".join(sorted(blanks.untouched))
        our_values = {k: v for k, v in our_values.items() if k not in blanks.untouched}
    mine, theirs = Contact(our_values), Contact(their_values)
    beside = as_typed(agreed or {}, beside, mine, words)
    return Aligned(mine, theirs, agreed, remembered, lists, beside, emails)


def _in_rows(
    ours: Contact, slot: str, lists: Mapping[str, Placed], words: ReferenceData
) -> dict[str, str]:
    """What Odoo has, its numbers and other lists in their places."""
    values = {key: text for key, text in ours.items() if key in words.rows}
    for placed in lists.values():
        values.update(placed.places)
    if MAIN_PHONE in ours:
        values[slot] = ours[MAIN_PHONE]
    return values


def _with_bare_addresses(
    ours: Contact, theirs: Contact, base: Base | None, words: ReferenceData
) -> tuple[Contact, EmailTexts]:
    """A partner with addresses as Exchange gets them, also in rows of other addons."""
    agreed = base.known.in_odoo(base.values) if base else {}
    emails = email_texts(ours, agreed, theirs, surplus_of(base))
    values = emails.values
    added = words.rows.keys() - FIELDS.keys() if words.rows is not FIELDS else ()
    for key in added:
        if words.rows[key].kind is Kind.EMAIL:
            values[key] = bare(ours.get(key) or "")
        elif words.rows[key].kind is Kind.PHONE:
            values[key] = without_invisible(ours.get(key) or "")
    differing = {k: text for k, text in values.items() if ours.get(k, text) != text}
    return ours.with_values(differing) if differing else ours, emails


def _slot(
    ours: Contact,
    theirs: Contact,
    base: Base | None,
    words: ReferenceData,
    preferred: str,
) -> str:
    """Key of the slot that the partner's number stands for."""

    def alike(one: str, other: str) -> bool:
        if one == other or canonical_phone(one) == canonical_phone(other):
            return True
        return have_same_numbers(one, other, country_of(ours, theirs), words)

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
    surplus = [f"{key} {t}" for key, placed in lists.items() for t in placed.surplus]
    if surplus:
        remembered[SURPLUS] = "\n".join(surplus)
    return remembered | labels.seen(theirs, known) | dates.twins_of(theirs)


def _held(ours: Contact) -> set[str]:
    """Slots that further numbers of the partner stand for."""
    return {LISTS[key][0] for key in NUMBER_LISTS if ours.get(key)}


def _place_lists(
    ours: Contact,
    slot: str,
    agreed: Mapping[str, str],
    theirs: Contact,
    surplus: Collection[tuple[str, str]],
) -> dict[str, Placed]:
    """The lists that Odoo carries; the partner's own number is none of theirs."""
    lists = {}
    for key, rows in LISTS.items():
        if ours.get(key) or (key in ours and slot in rows):
            free = [row for row in rows if row != slot]
            spare = {text for one, text in surplus if one == key}
            lists[key] = place(ours[key], free, agreed, theirs, spare)
        elif key in ours:
            lists[key] = BLANK[key]  # as most of them are
    return lists


def surplus_of(base: Base | None) -> tuple[tuple[str, str], ...]:
    """:param base: Base or None
    :return: tuple of pairs of list and text, what Exchange had no place for
    """
    lines = base.remembered.get(SURPLUS, "").split("\n") if base else ()
    return tuple(
        (key, text) for key, _, text in (x.partition(" ") for x in lines) if key
    )


def _is_invented(ours: Contact, true: str, theirs: Contact, base: Base | None) -> bool:
    """Whether the contact has no name, and this is only what Odoo calls it. Of a pair
    that never agreed, or whose agreement was forgotten, it can be told even so."""
    name = line(ours.get("name", ""))
    if base:
        known = base.remembered.get(INVENTED)
        return known is not None and name == line(known)
    return not true and name in stand_in_names(theirs)


def _last_seen(base: Base) -> LastSeen:
    slot = base.remembered.get(SLOT, "")
    return LastSeen(slot, base.values.get(slot, ""), base.theirs())


def _other_numbers(theirs: Contact, carried: Mapping[str, str]) -> dict[str, str]:
    """Numbers that Odoo has no place for."""
    return {k: theirs[k] for k in PHONE_KEYS if theirs.get(k) and k not in carried}


def _agreed(base: Base, slot: str) -> tuple[dict[str, str], Known]:
    """The base, its number in the slot that stands for it now."""
    agreed = dict(base.values)
    before = base.remembered.get(SLOT, "")
    if before != slot and before in agreed:
        agreed[slot] = agreed.pop(before)
        return agreed, base.known.moved(before, slot)
    return agreed, base.known


def their_name(theirs: Contact, base: Base | None) -> str:
    """The name of a contact in Exchange.

    :param theirs: Contact, with the name's parts
    :param base: Base or None; as long as the parts are those remembered, the name
        is the one both sides know, whatever it was composed of
    :return: str, "" for a contact that is only filed under something
    """
    if base and base.remembered.get(IS_COMPANY) and not has_own_name(theirs):
        return firm_name(theirs)
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
    """A contact that has no name is called by something else in Odoo, and is recognised
    by that.

    :param contact: Contact of Exchange, with the parts of its name
    :return: Contact, with ``name`` made whole
    """
    name = their_name(contact, None) or stand_in_name(contact)
    return contact.with_values({"name": name})


def stand_in_name(theirs: Mapping[str, str]) -> str:
    """What to call a contact without a name.

    :param theirs: Mapping of field key to text, aligned or not
    :return: str, "" when there is nothing to call it by
    """
    return next(stand_in_names(theirs), "")


def stand_in_names(theirs: Mapping[str, str]) -> Iterator[str]:
    """All that a contact without a name may be called, the first choice first.

    :param theirs: Mapping of field key to text, aligned or not
    :return: iterator of str
    """
    values = (theirs.get(key) or "" for key in NAME_STAND_INS)
    return (line(value) for value in values if line(value))


def to_odoo(changes: Mapping[str, str], aligned: Aligned) -> dict[str, str]:
    """What Odoo is told of changed rows.

    :param changes: Mapping of field key to new text
    :param aligned: Aligned
    :return: dict, the slot of the partner's number as ``fields.MAIN_PHONE``, lists as
        a whole by their own key; slots Odoo has no place for are left out
    """
    result = {k: v for k, v in changes.items() if k not in LISTED}
    if aligned.slot in changes:
        result[MAIN_PHONE] = changes[aligned.slot]
    for key, placed in aligned.lists.items():
        text = None if key == OPTIONS else placed.after(changes)
        if text is not None:
            result[key] = text
    result.pop(FIELD, None)
    return {**result, **aligned.emails.after(changes, aligned.lists.get(OPTIONS))}


def to_exchange(
    changes: Mapping[str, str], known: Mapping[str, str], apart: Collection[str] = ()
) -> dict[str, str]:
    """What Exchange is told of changed rows: a changed name in all its parts, and what
    was made of a name, a company or an address together with it.

    :param changes: Mapping of field key to new text
    :param known: Mapping of field key, part of the name (``names.evidence_of``) and
        label (``labels.seen``) to text, as Exchange has them
    :param apart: collection of str, rows of which Exchange did not take all
    :return: dict of rows, parts of the name and labels to set; "" clears
    """
    if not changes:
        return {}
    result = {k: v for k, v in changes.items() if k != "name"}
    if "name" in changes:
        name = changes["name"]
        if known.get(IS_COMPANY):
            result.update(firm_evidence(name, known))
        else:
            result.update(evidence_for(name, known, anew="name" in apart))
    before, after = in_parts(known), in_parts({**known, **result})
    if "company" in changes and known.get("file_as"):
        filed = followed(before, after)
        if line(filed) != line(known["file_as"]):
            result["file_as"] = filed
    result.update(labels.followed(before, after))
    result.update(dates.along(changes, known))
    return result
