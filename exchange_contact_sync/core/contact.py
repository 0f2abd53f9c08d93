# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The neutral contact that both sides are mapped to."""

from __future__ import annotations

from collections.abc import Collection, ItemsView, Iterator, KeysView, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar, overload

from . import labels, shape
from .fields import (
    ADDRESS_ROWS,
    ALONG,
    FIELDS,
    FROM_THE_BEGINNING,
    NAME_EVIDENCE,
    PHONE_KEYS,
    SETS,
)
from .known import (
    NOTHING_MORE,
    Apart,
    Known,
    member_key,
    member_of,
    row_of,
    without_members,
    written_otherwise,
)
from .normalize import members

T = TypeVar("T")

EXACT = 2
"""The version of a stored base from which on texts are remembered as typed."""

SLOT = "phone_slot"
"""What ``Base.remembered`` calls the slot that the partner's number stands for."""


@dataclass(frozen=True)
class Contact(Mapping[str, str]):
    """What one side says about a person, frozen.

    A key that is missing means "this side does not carry this field": the
    other side's value is left alone. A key with an empty value means "this
    side carries the field and it is blank": that can be the result of a change.

    :param texts: Mapping of field key (``core.fields``) to text
    """

    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    # Those of Mapping are slow: they raise and catch an exception for a missing key.
    def __contains__(self, key: object) -> bool:
        return key in self.texts

    @overload
    def get(self, key: str, /) -> str | None: ...
    @overload
    def get(self, key: str, /, default: str) -> str: ...
    @overload
    def get(self, key: str, /, default: T) -> str | T: ...
    def get(self, key: str, /, default: object = None) -> object:
        return self.texts.get(key, default)

    def items(self) -> ItemsView[str, str]:
        return self.texts.items()

    def keys(self) -> KeysView[str]:
        return self.texts.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __hash__(self) -> int:
        return hash(frozenset(self.texts.items()))

    def with_values(self, changes: Mapping[str, str]) -> Contact:
        """The same contact after some fields changed.

        :param changes: Mapping of field key to new text
        :return: Contact, a new one
        """
        return Contact({**self.texts, **changes})

    def without(self, *keys: str) -> Contact:
        """The same contact, no longer carrying some fields.

        :param keys: str, field keys
        :return: Contact, a new one
        """
        return Contact({k: v for k, v in self.texts.items() if k not in keys})


@dataclass(frozen=True)
class ToldApart:
    """A value that is apart, as people are told of it.

    :param why: Apart
    :param ours: str, what Odoo has
    :param theirs: str, what Exchange has
    """

    why: Apart
    ours: str
    theirs: str


@dataclass(frozen=True)
class Base:
    """What both sides last agreed on about one pair.

    :param values: Mapping of field key to text, for fields both sides carried
    :param foreign: Mapping of field key to text, what Exchange has in fields
        whose changes are kept out of Odoo (see ``merge.Merge``)
    :param remembered: Mapping of str to str, what else has to be known next
        time: which slot the partner's number came from, the numbers in the other
        slots and the parts of the name Exchange had (see ``align.py``)
    :param sent: Mapping of field key to text, what Exchange was asked to take and has
        not acknowledged: when it has just that, nobody else wrote it
    :param own: Mapping of field key to text, what Odoo has where that is not what is
        sent (see ``merge.Merge``)
    :param known: Known, where both sides do not have the same text
    :param unread: Mapping of row or part of the name to text, what Exchange had before
        it acknowledged another text that nobody has read there since (``unread.py``)
    """

    values: Mapping[str, str]
    foreign: Mapping[str, str]
    remembered: Mapping[str, str]
    sent: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    known: Known = NOTHING_MORE
    unread: Mapping[str, str] = field(default_factory=dict)

    def theirs(self) -> Contact:
        """:return: Contact, what Exchange had when it was last looked at, with the
        parts of the name, the labels of addresses and all slots for numbers
        """
        slots = dict.fromkeys(PHONE_KEYS, "") if SLOT in self.remembered else {}
        # The company is that of a firm's card.
        keys = (*NAME_EVIDENCE, *ALONG, *PHONE_KEYS, "company")
        known = {k: self.remembered[k] for k in keys if k in self.remembered}
        return Contact({**slots, **known, **self.values, **self.foreign})

    def told_apart(self, now: Mapping[str, str]) -> dict[str, ToldApart]:
        """:param now: Mapping of row to text, what Odoo has, as far as is known
        :return: dict of ToldApart by row, or by a set's member (``known.py``)
        """
        if not self.known.apart:
            return {}
        ours, theirs = self.known.in_odoo(self.values), self.theirs()
        told = {}
        for key, why in self.known.apart.items():
            row, member = row_of(key), member_of(key)
            texts = ours.get(row) or "", theirs.get(row) or ""
            if member:
                sets = members(now.get(row) or texts[0]), members(texts[1])
                texts = sets[0].get(member, ""), sets[1].get(member, "")
            told[key] = ToldApart(why, *texts)
        return told

    def after_sending(
        self,
        sent: Mapping[str, str],
        parts: Mapping[str, str],
        own: Mapping[str, str],
    ) -> Base:
        """:param sent: Mapping of field key to text, what Exchange acknowledged
        :param parts: Mapping, parts of the name that were sent along
        :param own: Mapping of field key to text, what Odoo has where that is not
            what was sent
        :return: Base
        """
        foreign = {k: v for k, v in self.foreign.items() if k not in sent}
        foreign.update((key, sent[key]) for key in own)
        remembered = {**self.remembered, **parts}
        remembered = {k: v for k, v in remembered.items() if v or k not in parts}
        values = {**self.values, **sent, **own}
        known = self._once_sent(sent)
        return Base(values, foreign, remembered, known=known, unread=self.unread)

    def _once_sent(self, sent: Mapping[str, str]) -> Known:
        """Both sides have the same text of what was sent, and write those members of a
        set alike whose new spelling was sent. Of a set, members that changed were."""
        known = self.known.without(frozenset(sent) - SETS)
        ours, apart = dict(known.ours), dict(known.apart)
        there = {**self.values, **self.foreign}
        for key in SETS.intersection(sent) if apart else ():
            now, then = members(sent[key]), members(there.get(key) or "")
            for member in now.keys() ^ then.keys():
                apart.pop(member_key(key, member), None)
        for key in SETS.intersection(sent, ours):
            before = self.values.get(key, "")
            ours[key] = without_members(ours[key], written_otherwise(before, sent[key]))
        kept = {k: text for k, text in ours.items() if text or k not in SETS}
        return replace(known, ours=kept, apart=apart)

    def said_by(self, theirs: Mapping[str, str]) -> Base:
        """:param theirs: Mapping, a contact of the same person in the other's place
        :return: Base, without what this one says nothing of: both meet about that as
            for the first time
        """
        values = {k: v for k, v in self.values.items() if k == "name" or theirs.get(k)}
        foreign = {k: v for k, v in self.foreign.items() if theirs.get(k)}
        return replace(self, values=values, foreign=foreign)

    def within(self, carries: Collection[str]) -> Base:
        """:param carries: collection of str, rows that Odoo has a place for
        :return: Base without what the owner no longer wants carried, or another addon
            no longer does: when it is again, both sides meet as for the first time
        """
        values = {k: v for k, v in self.values.items() if _kept(k, carries)}
        foreign = {k: v for k, v in self.foreign.items() if _kept(k, carries)}
        gone = {*self.values, *self.foreign} - values.keys() - foreign.keys()
        unread = {k: v for k, v in self.unread.items() if k not in gone}
        known = self.known.without(gone) if gone else self.known
        return replace(self, values=values, foreign=foreign, known=known, unread=unread)

    def afresh(self, rows: Collection[str]) -> Base:
        """:param rows: collection of str, rows of which Odoo lost what it had
        :return: Base as if both sides had agreed that they are blank: what Exchange has
            of them comes in again
        """
        blank = {key: "" for key in rows if key in self.values or key in self.foreign}
        return replace(
            self,
            values={**self.values, **blank},
            foreign=_without(self.foreign, rows),
            sent=_without(self.sent, rows),
            own=_without(self.own, rows),
            known=self.known.without(frozenset(rows)),
            unread=_without(self.unread, rows),
        )

    def has_seen(self, carries: Collection[str]) -> bool:
        """:param carries: collection of str, rows that Odoo has a place for
        :return: bool, whether it is known what Exchange has in them: not so when the
            pair agreed before this addon carried all of them
        """
        rows_are_known = all(
            key in self.values or key in self.foreign
            for key in carries
            if key not in FROM_THE_BEGINNING
        )
        return rows_are_known and labels.are_known(self.remembered)

    def to_json(self) -> dict[str, object]:
        """:return: dict, ready for a JSON column"""
        known = self.known
        optional = {
            "sent": dict(self.sent),
            "own": dict(self.own),
            "ours": dict(known.ours),
            "apart": {key: why.value for key, why in known.apart.items()},
            "unread": dict(self.unread),
        }
        return {
            "version": EXACT if known.exact else 1,
            "values": dict(self.values),
            "foreign": dict(self.foreign),
            "remembered": dict(self.remembered),
            **{name: kept for name, kept in optional.items() if kept},
        }

    @classmethod
    def from_json(cls, data: object) -> Base | None:
        """:param data: what the column holds (``shape.py``)
        :return: Base, or None when the pair never agreed on anything
        """
        found = shape.mapping(data)
        if not isinstance(found.get("values"), Mapping):
            return None
        apart = shape.members_of(Apart, found.get("apart"))
        exact = shape.number(found.get("version"), 1) >= EXACT
        return cls(
            shape.texts(found["values"]),
            shape.texts(found.get("foreign")),
            shape.texts(found.get("remembered")),
            shape.texts(found.get("sent")),
            shape.texts(found.get("own")),
            Known(shape.texts(found.get("ours")), apart, exact),
            shape.texts(found.get("unread")),
        )


def _without(texts: Mapping[str, str], rows: Collection[str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if key not in rows}


_OPTIONAL = SETS | ADDRESS_ROWS


def _kept(key: str, carries: Collection[str]) -> bool:
    return key in carries or (key in FIELDS and key not in _OPTIONAL)
