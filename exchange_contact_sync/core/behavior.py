# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a mail server treats values that it acknowledged.

A server may report success and still keep a value that should be deleted, or not store
one at all (DeleteItemField of an e-mail address, for example). Therefore a property is
read back when it gets its first value, and when it is cleared for the first time; the
result applies to the account. A text that may be too long for the server is read back
each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import Enum

from .fields import Kind
from .normalize import members, same
from .reference_data import ReferenceData
from .shape import mapping, text_list
from .text import line
from .typed import unedited

LONG_TEXT = 255
"""The length of a text in UTF-16 code units that any server stores; some servers cut or
refuse longer ones ("Property limits" differ: names, Subject, JobTitle)."""


class Seen(Enum):
    """What Exchange has after it acknowledged a text."""

    KEPT = "the text is there"
    RESPELLED = "a text that means the same is there"
    LOST = "what was there before still is"
    CUT = "only the beginning is there"
    OTHER = "another text is there"
    CLEARED = "nothing is there, as it should be"
    STUCK = "what should be gone is still there"


def observe(
    key: str,
    sent: str,
    before: str,
    theirs: Mapping[str, str],
    reference_data: ReferenceData,
) -> Seen:
    """Compare what was sent with what Exchange has.

    :param key: a row or part of the name
    :param sent: "" if the value was cleared
    :param before: the former value
    :param theirs: by field key, what Exchange has now
    """
    if _is(key, sent, theirs, reference_data):
        return Seen.KEPT if sent else Seen.CLEARED
    cut = is_beginning(theirs.get(key) or "", sent)
    if cut and is_long(key, sent, reference_data):
        return Seen.CUT  # even if the former value was cut to the same text
    if _is(key, before, theirs, reference_data):
        return Seen.LOST if sent else Seen.STUCK
    if cut:
        return Seen.CUT
    alike = key in reference_data.rows and same(
        key, {**theirs, key: sent}, theirs, reference_data
    )
    return Seen.RESPELLED if alike else Seen.OTHER


def _is(
    key: str, text: str, theirs: Mapping[str, str], reference_data: ReferenceData
) -> bool:
    if key in reference_data.rows:
        return unedited(key, {**theirs, key: text}, theirs, reference_data)
    return line(text) == line(theirs.get(key) or "")


def is_beginning(text: str, whole: str) -> bool:
    """Decide whether ``text`` is ``whole``, cut at its end."""
    kept = text.rstrip()
    return 0 < len(kept) < len(whole) and whole.startswith(kept)


def is_long(key: str, text: str, reference_data: ReferenceData) -> bool:
    """Decide whether a server may cut a text; no server cuts notes.

    :param key: a row or part of the name
    """
    row = reference_data.rows.get(key)
    kind = row.kind if row else Kind.LINE
    if len(text) * 2 <= LONG_TEXT or kind is Kind.NOTE:
        return False
    parts = members(text).values() if kind is Kind.SET else (text,)
    return any(length(part) > LONG_TEXT for part in parts)


def length(text: str) -> int:
    """Return the number of UTF-16 code units, as Windows counts characters."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Behavior:
    """What is known about a server, by row or part of the name.

    :param kept: the server stores values as sent
    :param respelled: the server stores values in its own spelling
    :param lost: the server never stores values
    :param cleared: the server deletes values
    :param grouped: it does so only if all properties of the row are deleted
    :param stuck: it does not do so even then
    """

    kept: frozenset[str] = frozenset()
    respelled: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    grouped: frozenset[str] = frozenset()
    stuck: frozenset[str] = frozenset()

    def knows(self, key: str, text: str, reference_data: ReferenceData) -> bool:
        """Decide whether a value need not be read back.

        :param key: a row or part of the name
        :param text: the value sent; "" clears
        """
        if not text:
            return key in self.cleared or key in self.grouped or key in self.stuck
        known = key in self.kept or key in self.respelled or key in self.lost
        return known and not is_long(key, text, reference_data)

    def keeps_to_the_letter(
        self, key: str, text: str, reference_data: ReferenceData
    ) -> bool:
        """Decide whether a text that differs from the one sent is a person's edit."""
        if not text:
            return key in self.cleared or key in self.grouped
        return key in self.kept and not is_long(key, text, reference_data)

    def learned(
        self, found: Iterable[tuple[str, Seen]], *, thorough: bool = False
    ) -> Behavior:
        """Return the behavior with new observations.

        A single value that was stored is enough to know that the server stores the
        property.

        :param found: pairs of row, or part of the name, and what was seen
        :param thorough: all properties of the rows were deleted
        """
        seen: dict[str, set[Seen]] = {}
        for key, one in found:
            seen.setdefault(key, set()).add(one)
        rows = {name: set(getattr(self, name)) for name in _NAMES}
        for key, kinds in seen.items():
            self._learn(rows, key, kinds, thorough)
        return Behavior(**{name: frozenset(keys) for name, keys in rows.items()})

    def _learn(
        self, rows: dict[str, set[str]], key: str, kinds: set[Seen], thorough: bool
    ) -> None:
        if Seen.RESPELLED in kinds or key in self.respelled:
            _move(rows, key, "respelled", _SETTING)
        elif kinds & {Seen.KEPT, Seen.CUT}:
            _move(rows, key, "kept", _SETTING)
        elif Seen.LOST in kinds and key not in self.kept:
            _move(rows, key, "lost", _SETTING)
        if Seen.CLEARED in kinds:
            _move(rows, key, "grouped" if thorough else "cleared", _CLEARING)
        elif Seen.STUCK in kinds and thorough:
            _move(rows, key, "stuck", _CLEARING)

    def to_json(self) -> dict[str, list[str]]:
        """Return the behavior in a form that can be stored as JSON."""
        kept = {name: sorted(getattr(self, name)) for name in _NAMES}
        return {name: keys for name, keys in kept.items() if keys}

    @classmethod
    def from_json(cls, data: object) -> Behavior:
        """Read a stored behavior (``shape.py``)."""
        known = mapping(data)
        return cls(**{one: frozenset(text_list(known.get(one))) for one in _NAMES})


_NAMES = tuple(field.name for field in fields(Behavior))
_SETTING, _CLEARING = _NAMES[:3], _NAMES[3:]


def _move(
    rows: dict[str, set[str]], key: str, name: str, others: Iterable[str]
) -> None:
    for other in others:
        rows[other].discard(key)
    rows[name].add(key)


NOTHING_KNOWN = Behavior()
