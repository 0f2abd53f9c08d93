# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Update the base once Exchange was read.

A value that was sent but not acknowledged may have arrived. A value that was
acknowledged may not have been stored: until the item is read again, the base keeps the
former value (``Base.unread``). Otherwise a value that the server did not store would
count as deleted by a person, and a value that it kept as entered by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .align import their_name
from .behavior import (
    LONG_TEXT,
    NOTHING_KNOWN,
    Behavior,
    Seen,
    is_beginning,
    is_long,
    length,
    observe,
)
from .companies import company_item_name, parts_of_name, with_company_name
from .contact import Base, Contact
from .differences import DifferenceReason, member_key, spelled_differently
from .fields import IS_COMPANY, SETS, WRITTEN_WITH
from .names import full_name
from .normalize import members, same
from .reference_data import ReferenceData
from .text import line
from .typed import is_typed, unedited

REASONS = {
    Seen.LOST: DifferenceReason.NOT_KEPT,
    Seen.OTHER: DifferenceReason.NOT_KEPT,
    Seen.CUT: DifferenceReason.CUT,
    Seen.STUCK: DifferenceReason.STAYS,
}
"""Why a row that lacks the value sent stays different."""


def after_reading(
    base: Base,
    theirs: Contact,
    reference_data: ReferenceData,
    behavior: Behavior = NOTHING_KNOWN,
    *,
    read: bool = True,
) -> Base:
    """Return the base updated with what Exchange has now, after any write to it.

    A value that was sent may have arrived without an acknowledgment. It does not count
    as an edit made in Exchange.

    :param theirs: the item as it is now
    :param read: ``theirs`` was just read, not remembered
    """
    if base.sent:
        base = _arrived(base, theirs, reference_data)
    if base.unread and read:
        base = _looked_at(base, theirs, reference_data, behavior)
    return base


def _arrived(base: Base, theirs: Contact, reference_data: ReferenceData) -> Base:
    """Add the sent values that arrived to the base, including those that were cut."""
    seen = theirs.with_values({"name": their_name(theirs, base)})
    arrived, cut = {}, []
    for key, text in base.sent.items():
        if key not in seen or key == "name" and _is_called_as_before(base, theirs):
            continue
        if unedited(key, {**seen, key: text}, seen, reference_data):
            arrived[key] = text
        elif _cut_by_server(key, text, seen[key], reference_data):
            arrived[key] = text
            cut.append(key)
    own = {key: text for key, text in base.own.items() if key in arrived}
    base = base.after_sending(arrived, {}, own)
    for key in cut:
        parts = parts_of_name(base) if key == "name" else (key,)
        for part in parts:
            base = _settled(base, part, Seen.CUT, theirs, reference_data)
        if key == "name":
            differences = base.differences.with_reasons({key: DifferenceReason.CUT})
            base = with_company_name(replace(base, differences=differences))
    return base


def _is_called_as_before(base: Base, theirs: Contact) -> bool:
    """Decide whether a name that Exchange refused in part is unchanged there."""
    return "name" in base.differences.reasons and all(
        line(base.remembered.get(key) or "") == line(theirs.get(key) or "")
        for key in parts_of_name(base)
    )


def to_be_read(
    base: Base,
    before: Mapping[str, str],
    sent: Mapping[str, str],
    behavior: Behavior,
    reference_data: ReferenceData,
) -> Base:
    """Note which of the values that Exchange acknowledged have to be verified there.

    :param base: the base as if all values had been stored
    :param before: by row or part of the name, the former values
    :param sent: likewise, the values sent; "" clears
    """
    unread = {key: text for key, text in base.unread.items() if key not in sent}
    for key, text in sent.items():
        if key in WRITTEN_WITH:
            continue  # never counts as an edit
        if not behavior.keeps_to_the_letter(key, text, reference_data):
            unread[key] = before.get(key) or ""
    return replace(base, unread=unread) if unread != base.unread else base


def doubtful(base: Base, behavior: Behavior, reference_data: ReferenceData) -> bool:
    """Decide whether the item has to be read back because of the values sent."""
    there = base.theirs() if base.unread else {}
    return any(
        not behavior.knows(key, there.get(key) or "", reference_data)
        for key in base.unread
    )


@dataclass(frozen=True)
class ReadBack:
    """The result of reading back an item in the version that we wrote.

    :param base: the base to store
    :param seen: by row or part of the name
    """

    base: Base
    seen: Mapping[str, Seen] = field(default_factory=dict)

    @property
    def stuck(self) -> tuple[str, ...]:
        """The rows that should be blank but are not."""
        return tuple(key for key, seen in self.seen.items() if seen is Seen.STUCK)


def read_back(base: Base, theirs: Contact, reference_data: ReferenceData) -> ReadBack:
    """Compare what was sent with what Exchange has; no one else wrote this version."""
    names = parts_of_name(base)
    seen = {key: _seen(base, key, theirs, reference_data) for key in base.unread}
    for key, one in seen.items():
        base = _settled(base, key, one, theirs, reference_data)
    base = _with_name_as_kept(base, seen, theirs, reference_data)
    # A server that builds a part of the name itself loses nothing.
    made = {key: Seen.KEPT if base.theirs().get(key) else Seen.CLEARED for key in seen}
    findings = {
        key: made[key] if key in names and one is not Seen.CUT else one
        for key, one in seen.items()
    }
    return ReadBack(replace(base, unread={}), findings)


def _seen(base: Base, key: str, theirs: Contact, reference_data: ReferenceData) -> Seen:
    sent = base.theirs().get(key) or ""
    one = observe(key, sent, base.unread[key], theirs, reference_data)
    if one is Seen.LOST and key in SETS:
        missing = members(sent).keys() - members(theirs[key])
        return one if missing else Seen.OTHER  # a removed member is still there
    return one


def _looked_at(
    base: Base, theirs: Contact, reference_data: ReferenceData, behavior: Behavior
) -> Base:
    """Verify values although a person may have edited the item since: only what the
    server is known to do, or what no person would do, counts as the server's doing."""
    unread = {key: text for key, text in base.unread.items() if key not in theirs}
    for key in base.unread.keys() - unread.keys():
        sent = base.theirs().get(key) or ""
        one = _seen(base, key, theirs, reference_data)
        if _cut_by_server(key, sent, theirs[key], reference_data):
            base = _settled(base, key, Seen.CUT, theirs, reference_data)
            base = _with_name_as_kept(base, {key: Seen.CUT}, theirs, reference_data)
        elif key in parts_of_name(base):
            continue
        elif one is Seen.RESPELLED and key in behavior.respelled:
            base = _settled(base, key, one, theirs, reference_data)
        elif one in (Seen.LOST, Seen.STUCK):
            base = _without_effect(base, key, one, theirs, reference_data, behavior)
    return replace(base, unread=unread)


def _cut_by_server(
    key: str, sent: str, now: str, reference_data: ReferenceData
) -> bool:
    """Decide whether the server cut a text: a person is unlikely to shorten a text to
    exactly the number of characters that a server keeps."""
    if not is_long(key, sent, reference_data) or not is_beginning(now, sent):
        return False
    return LONG_TEXT - 2 <= length(now.rstrip()) <= LONG_TEXT + 1


def _without_effect(
    base: Base,
    key: str,
    one: Seen,
    theirs: Contact,
    reference_data: ReferenceData,
    behavior: Behavior,
) -> Base:
    if key in (behavior.lost if one is Seen.LOST else behavior.stuck):
        return _settled(base, key, one, theirs, reference_data)
    sent = "" if one is Seen.STUCK else base.theirs().get(key) or ""
    if behavior.keeps_to_the_letter(key, sent, reference_data):
        return base  # a person restored the former value
    # For whatever reason, Exchange lacks the value: send and verify it again.
    differences = base.differences.without({key})
    values = {**base.values, key: theirs[key]}
    foreign = {k: text for k, text in base.foreign.items() if k != key}
    return replace(base, values=values, foreign=foreign, differences=differences)


def _settled(
    base: Base, key: str, one: Seen, theirs: Contact, reference_data: ReferenceData
) -> Base:
    """Return the base once it is known what Exchange made of a row."""
    if key in parts_of_name(base):
        remembered = {**base.remembered, key: theirs.get(key) or ""}
        kept = {k: v for k, v in remembered.items() if v or k != key}
        return replace(base, remembered=kept)
    if one in (Seen.KEPT, Seen.CLEARED):
        return base
    if key in SETS:
        return _with_set(base, key, theirs)
    ours, reasons = dict(base.differences.ours), dict(base.differences.reasons)
    if one is not Seen.RESPELLED or is_typed(key, reference_data):
        ours.setdefault(key, base.values.get(key) or "")
    if one in REASONS:
        reasons[key] = REASONS[one]
    differences = replace(base.differences, ours=ours, reasons=reasons)
    return replace(
        base, values={**base.values, key: theirs[key]}, differences=differences
    )


def _with_set(base: Base, key: str, theirs: Contact) -> Base:
    """Note the members that Exchange did not store, or did not remove."""
    sent, now = members(base.theirs().get(key) or ""), members(theirs[key])
    reasons = dict(base.differences.reasons)
    for member in sent.keys() ^ now.keys():
        reason = DifferenceReason.STAYS if member in now else DifferenceReason.NOT_KEPT
        reasons[member_key(key, member)] = reason
    before = base.values.get(key) or ""
    kept = {k: now.get(k, text) for k, text in members(before).items()}
    agreed = "\n".join(kept[k] for k in kept if k in now or k not in sent)
    ours = {**base.differences.ours, key: spelled_differently(before, agreed)}
    ours = {k: text for k, text in ours.items() if text or k != key}
    differences = replace(base.differences, ours=ours, reasons=reasons)
    foreign = {**base.foreign, key: theirs[key]}
    return replace(
        base,
        values={**base.values, key: agreed},
        foreign=foreign,
        differences=differences,
    )


def _with_name_as_kept(
    base: Base, seen: Mapping[str, Seen], theirs: Contact, reference_data: ReferenceData
) -> Base:
    """Keep a name that Exchange stored only in part from counting as an edit."""
    parts = {
        key: one
        for key, one in seen.items()
        if key in parts_of_name(base) and one not in (Seen.KEPT, Seen.CLEARED)
    }
    if not parts.keys() - {"file_as"}:
        return base
    agreed = {"name": base.values.get("name") or ""}
    if Seen.CUT in parts.values():
        reason = DifferenceReason.CUT
    elif not same("name", {"name": _name_there(base, theirs)}, agreed, reference_data):
        reason = DifferenceReason.NOT_KEPT
    else:
        return base
    differences = base.differences.with_reasons({"name": reason})
    return with_company_name(replace(base, differences=differences))


def _name_there(base: Base, theirs: Contact) -> str:
    if IS_COMPANY in base.remembered:
        return company_item_name(theirs)
    return full_name(theirs, {})
