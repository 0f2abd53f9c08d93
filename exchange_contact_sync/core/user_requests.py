# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person decided about a pair, to be carried out by the next run.

An override is about one field ("use the other value", "undo"), an ask about the whole
pair (``plan.ASKED`` says what becomes of it). Both are carried out only where nobody
has changed anything since the person looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from . import shape
from .align import Aligned
from .contact import Contact
from .fields import Kind
from .known import Known
from .normalize import same
from .policy import Side
from .reference_data import ReferenceData
from .typed import unedited


class UserRequest(Enum):
    """What a person asked for a whole pair."""

    STOP = "stop"
    """Stop synchronizing a pair; asked while a run is at work."""
    START = "start"
    """Synchronize a pair again that was stopped."""
    RESUME = "resume"
    """Likewise, without a person: the reason why it was stopped has passed."""
    WITHDRAW = "withdraw"
    """Take back a partner that a run created: archive it."""
    REMOVE = "remove"
    """Take back a contact that a run created in Exchange: delete it."""
    RESTORE = "restore"
    """Bring back a partner that a run archived."""
    PART = "part"
    """Give each side its own values back, then go on without each other."""


@dataclass(frozen=True)
class FieldOverride:
    """A value that a person wants instead of the one they saw.

    :param was: str, what the field was when the person decided
    :param wanted: str
    :param side: Side, the only side that is to get it; None for both
    """

    was: str
    wanted: str
    side: Side | None = None

    def to_json(self) -> dict[str, str]:
        """:return: dict, ready for a JSON column"""
        side = self.side.value if self.side else ""
        return {"was": self.was, "wanted": self.wanted, "side": side}

    @classmethod
    def from_json(cls, data: object) -> FieldOverride | None:
        """:param data: what is kept of an override (``shape.py``)
        :return: FieldOverride, or None if it cannot be read
        """
        kept = shape.texts(data)
        side = shape.members_of(Side, kept).get("side")
        if not {"was", "wanted", "side"} <= kept.keys() or kept["side"] and not side:
            return None
        return cls(kept["was"], kept["wanted"], side)


def field_overrides_of(data: object) -> dict[str, FieldOverride]:
    """:param data: what the column holds (``shape.py``)
    :return: dict of FieldOverride by field key; one that cannot be read is left out
    """
    found = {
        k: FieldOverride.from_json(kept) for k, kept in shape.mapping(data).items()
    }
    return {key: override for key, override in found.items() if override}


@dataclass(frozen=True)
class Granted:
    """FieldOverrides that can be carried out, in the terms of a merge.

    :param ours: Contact to merge with: an override for both sides, or for Exchange
        alone, is an edit made in Odoo; one for Odoo alone is nothing Exchange is told
        of
    :param base: Mapping, what both sides agreed on: about these fields, to what
        Exchange has
    :param pull: Mapping of field key to text, to be written in Odoo besides
    :param known: Known, what is known of the other fields besides the base
    :param refused: tuple of str, keys somebody has changed since
    """

    ours: Contact
    base: Mapping[str, str] | None
    pull: Mapping[str, str]
    known: Known
    refused: tuple[str, ...] = ()


def grant(
    field_overrides: Mapping[str, FieldOverride], aligned: Aligned, words: ReferenceData
) -> Granted:
    """Find out which field_overrides still stand.

    :param field_overrides: Mapping of field key to FieldOverride
    :param aligned: Aligned, the pair as it is now
    :param words: ReferenceData
    :return: Granted
    """
    stand = {
        key: override
        for key, override in field_overrides.items()
        if _stands(key, override, field_overrides, aligned, words)
    }
    refused = tuple(key for key in field_overrides if key not in stand)
    ours, theirs = aligned.ours, aligned.theirs
    if not stand:
        return Granted(ours, aligned.base, {}, aligned.known, refused)
    pull = {
        key: override.wanted
        for key, override in stand.items()
        if override.side is not Side.EXCHANGE
        and not _is(
            key, Side.ODOO, override.wanted, _wanted(field_overrides), aligned, words
        )
    }
    edited = {
        key: theirs[key] if override.side is Side.ODOO else override.wanted
        for key, override in stand.items()
    }
    agreed = {**(aligned.base or {}), **{key: theirs[key] for key in stand}}
    known = aligned.known.without(stand.keys())
    return Granted(ours.with_values(edited), agreed, pull, known, refused)


def _stands(
    key: str,
    override: FieldOverride,
    field_overrides: Mapping[str, FieldOverride],
    aligned: Aligned,
    words: ReferenceData,
) -> bool:
    """Whether each side that gets the value has what the person saw, or has it."""
    if key not in aligned.ours or key not in aligned.theirs:
        return False
    seen = {k: w.was for k, w in field_overrides.items()}
    asked = [override.side] if override.side else list(Side)
    return all(
        _is(key, side, override.was, seen, aligned, words)
        or _is(key, side, override.wanted, _wanted(field_overrides), aligned, words)
        for side in asked
    )


def _wanted(field_overrides: Mapping[str, FieldOverride]) -> dict[str, str]:
    return {key: override.wanted for key, override in field_overrides.items()}


def _is(
    key: str,
    side: Side,
    text: str,
    beside: Mapping[str, str],
    aligned: Aligned,
    words: ReferenceData,
) -> bool:
    """Whether a side has a value; a state is meant beside the country it came with.

    What Odoo makes of a text that came in ("http://example.com") is that text.
    """
    here = aligned.ours if side is Side.ODOO else aligned.theirs
    meant = {**here, **beside, key: text}
    if words.rows[key].kind is Kind.SET:
        return same(key, here, meant, words)
    if unedited(key, here, meant, words):
        return True
    known = aligned.known.ours
    return (
        side is Side.ODOO
        and key in known
        and unedited(key, known, here, words)
        and unedited(key, aligned.base or {}, meant, words)
    )
