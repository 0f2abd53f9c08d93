# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The neutral contact to which both sides are mapped, and the base of a pair."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from . import labels, shape
from .differences import (
    NO_DIFFERENCES,
    DifferenceReason,
    Differences,
    member_key,
    member_of,
    row_of,
    spelled_differently,
    without_members,
)
from .fields import (
    ADDRESS_ROWS,
    FIELDS,
    FROM_THE_BEGINNING,
    NAME_EVIDENCE,
    PHONE_KEYS,
    SETS,
    WRITTEN_WITH,
)
from .normalize import members

EXACT = 2
"""The version of stored bases from which on they contain texts as entered."""

SLOT = "phone_slot"
"""The key in ``Base.remembered`` for the slot of the partner's number."""


class Contact(dict[str, str]):
    """The values that one side has for a contact, by field key; immutable.

    A missing key means that this side cannot store the field; the other side's value
    stays unchanged. An empty text means that this side stores the field and it is
    blank, which can be the result of a change.

    It is a dictionary because a run reads the values of each contact hundreds of times.
    """

    def _refuse(self, *_args: object, **_values: object) -> NoReturn:
        raise TypeError("a contact is immutable")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def with_values(self, changes: Mapping[str, str]) -> Contact:
        """Return a copy with some values changed.

        :param changes: new texts by field key
        """
        return Contact({**self, **changes})

    def without(self, *keys: str) -> Contact:
        """Return a copy that lacks some fields."""
        return Contact({k: v for k, v in self.items() if k not in keys})


@dataclass(frozen=True)
class Difference:
    """A value that stays different, with both texts, to be shown to people.

    :param ours: the text in Odoo
    :param theirs: the text in Exchange
    """

    why: DifferenceReason
    ours: str
    theirs: str


@dataclass(frozen=True)
class Base:
    """What both sides of a pair last agreed on.

    :param values: by field key, for fields that both sides store
    :param foreign: by field key, what Exchange has in fields whose changes are not
        pulled (see ``merge.Merge``)
    :param remembered: what else the next merge needs: the slot of the partner's number,
        the numbers in the other slots and the parts of the name in Exchange (see
        ``align.py``)
    :param sent: by field key, the values sent to Exchange and not acknowledged yet; if
        Exchange has exactly these, no other program wrote them
    :param own: by field key, what Odoo has where that differs from the value sent (see
        ``merge.Merge``)
    :param differences: those that remain although both sides agree
    :param unread: by row or part of the name, what Exchange had before it acknowledged
        another text that was not read back since (``unread.py``)
    """

    values: Mapping[str, str]
    foreign: Mapping[str, str]
    remembered: Mapping[str, str]
    sent: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    differences: Differences = NO_DIFFERENCES
    unread: Mapping[str, str] = field(default_factory=dict)

    def theirs(self) -> Contact:
        """Return what Exchange had when it was last read, including the parts of the
        name, the labels of addresses and all phone slots.
        """
        slots = dict.fromkeys(PHONE_KEYS, "") if SLOT in self.remembered else {}
        # The company is the one on a company's own item.
        keys = (*NAME_EVIDENCE, *WRITTEN_WITH, *PHONE_KEYS, "company")
        known = {k: self.remembered[k] for k in keys if k in self.remembered}
        return Contact({**slots, **known, **self.values, **self.foreign})

    def lasting_differences(self, now: Mapping[str, str]) -> dict[str, Difference]:
        """Return the values that stay different, with both texts.

        :param now: by row, what Odoo has, as far as it is known
        :return: by row, or by a set's member (``differences.py``)
        """
        if not self.differences.reasons:
            return {}
        ours, theirs = self.differences.in_odoo(self.values), self.theirs()
        found = {}
        for key, why in self.differences.reasons.items():
            row, member = row_of(key), member_of(key)
            texts = ours.get(row) or "", theirs.get(row) or ""
            if member:
                sets = members(now.get(row) or texts[0]), members(texts[1])
                texts = sets[0].get(member, ""), sets[1].get(member, "")
            found[key] = Difference(why, *texts)
        return found

    def after_sending(
        self,
        sent: Mapping[str, str],
        parts: Mapping[str, str],
        own: Mapping[str, str],
    ) -> Base:
        """Return the base once Exchange has acknowledged some values.

        :param sent: by field key, the values that Exchange acknowledged
        :param parts: the parts of the name that were sent with them
        :param own: by field key, what Odoo has where that differs from the value sent
        """
        foreign = {k: v for k, v in self.foreign.items() if k not in sent}
        foreign.update((key, sent[key]) for key in own)
        remembered = {**self.remembered, **parts}
        remembered = {k: v for k, v in remembered.items() if v or k not in parts}
        values = {**self.values, **sent, **own}
        differences = self._once_sent(sent)
        return Base(
            values, foreign, remembered, differences=differences, unread=self.unread
        )

    def _once_sent(self, sent: Mapping[str, str]) -> Differences:
        """Return the differences once values were sent.

        Both sides have the same text of a row, and the same spelling of those members
        of a set that were sent. Of a set, only members that changed were sent.
        """
        differences = self.differences.without(frozenset(sent) - SETS)
        ours, reasons = dict(differences.ours), dict(differences.reasons)
        there = {**self.values, **self.foreign}
        for key in SETS.intersection(sent) if reasons else ():
            now, then = members(sent[key]), members(there.get(key) or "")
            for member in now.keys() ^ then.keys():
                reasons.pop(member_key(key, member), None)
        for key in SETS.intersection(sent, ours):
            before = self.values.get(key, "")
            ours[key] = without_members(
                ours[key], spelled_differently(before, sent[key])
            )
        kept = {k: text for k, text in ours.items() if text or k not in SETS}
        return replace(differences, ours=kept, reasons=reasons)

    def of_another_item(self, theirs: Mapping[str, str]) -> Base:
        """Return the base without the fields that another item of the same person
        lacks. These are merged as if the pair had never agreed on them.

        :param theirs: the item that takes the place of the former one
        """
        values = {k: v for k, v in self.values.items() if k == "name" or theirs.get(k)}
        foreign = {k: v for k, v in self.foreign.items() if theirs.get(k)}
        return replace(self, values=values, foreign=foreign)

    def within(self, carries: Collection[str]) -> Base:
        """Return the base without the fields that the owner or another addon no longer
        includes. If they are included again, they are merged as if the pair had never
        agreed on them.

        :param carries: the rows that Odoo can store
        """
        values = {k: v for k, v in self.values.items() if _kept(k, carries)}
        foreign = {k: v for k, v in self.foreign.items() if _kept(k, carries)}
        gone = {*self.values, *self.foreign} - values.keys() - foreign.keys()
        unread = {k: v for k, v in self.unread.items() if k not in gone}
        differences = self.differences.without(gone) if gone else self.differences
        return replace(
            self, values=values, foreign=foreign, differences=differences, unread=unread
        )

    def with_blank_rows(self, rows: Collection[str]) -> Base:
        """Return the base as if both sides had agreed that some rows are blank, so that
        their values in Exchange are pulled again.

        :param rows: rows whose values Odoo lost
        """
        blank = {key: "" for key in rows if key in self.values or key in self.foreign}
        return replace(
            self,
            values={**self.values, **blank},
            foreign=_without(self.foreign, rows),
            sent=_without(self.sent, rows),
            own=_without(self.own, rows),
            differences=self.differences.without(frozenset(rows)),
            unread=_without(self.unread, rows),
        )

    def covers(self, carries: Collection[str]) -> bool:
        """Decide whether the base knows what Exchange has in these rows. It does not if
        the pair agreed before this addon supported all of them.

        :param carries: the rows that Odoo can store
        """
        rows_are_known = all(
            key in self.values or key in self.foreign
            for key in carries
            if key not in FROM_THE_BEGINNING
        )
        return rows_are_known and labels.are_known(self.remembered)

    def to_json(self) -> dict[str, object]:
        """Return the base in a form that can be stored as JSON."""
        differences = self.differences
        optional = {
            "sent": dict(self.sent),
            "own": dict(self.own),
            "ours": dict(differences.ours),
            "apart": {key: why.value for key, why in differences.reasons.items()},
            "unread": dict(self.unread),
        }
        return {
            "version": EXACT if differences.exact else 1,
            "values": {key: text for key, text in self.values.items() if text},
            # Most of a contact, and much of the work of a first import.
            "blank": [key for key, text in self.values.items() if not text],
            "foreign": dict(self.foreign),
            "remembered": dict(self.remembered),
            **{name: kept for name, kept in optional.items() if kept},
        }

    @classmethod
    def from_json(cls, data: object) -> Base | None:
        """Read a stored base (``shape.py``).

        :return: None if the pair never agreed on anything
        """
        found = shape.mapping(data)
        if not isinstance(found.get("values"), Mapping):
            return None
        reasons = shape.members_of(DifferenceReason, found.get("apart"))
        exact = shape.number(found.get("version"), 1) >= EXACT
        blank = dict.fromkeys(shape.text_list(found.get("blank")), "")
        return cls(
            blank | shape.texts(found["values"]),
            shape.texts(found.get("foreign")),
            shape.texts(found.get("remembered")),
            shape.texts(found.get("sent")),
            shape.texts(found.get("own")),
            Differences(shape.texts(found.get("ours")), reasons, exact),
            shape.texts(found.get("unread")),
        )


def _without(texts: Mapping[str, str], rows: Collection[str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if key not in rows}


_OPTIONAL = SETS | ADDRESS_ROWS


def _kept(key: str, carries: Collection[str]) -> bool:
    return key in carries or (key in FIELDS and key not in _OPTIONAL)
