# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person decided about a pair, to be carried out by the next run.

A field override concerns one field ("use the other value", "undo"), a user request the
whole pair (``plan.REQUESTED`` decides what happens). Both are carried out only where
nothing has changed since the person saw the pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from . import shape
from .align import Aligned
from .contact import Contact
from .differences import Differences
from .fields import Kind
from .normalize import same
from .policy import Side
from .reference_data import ReferenceData
from .typed import unedited


class UserRequest(Enum):
    """What a person requested for the whole pair."""

    STOP = "stop"
    """Stop the link; requested during a run."""
    START = "start"
    """Start a stopped link again."""
    RESUME = "resume"
    """Start a stopped link again without a person: the reason for the stop is gone."""
    WITHDRAW = "withdraw"
    """Archive a partner that a run created."""
    REMOVE = "remove"
    """Delete an item that a run created."""
    RESTORE = "restore"
    """Unarchive a partner that a run archived."""
    SEPARATE = "part"
    """Give each side its own values back, then stop the link."""


@dataclass(frozen=True)
class FieldOverride:
    """A value that a person wants instead of the one they saw.

    :param was: the value of the field when the person decided
    :param side: the only side to write; None for both
    """

    was: str
    wanted: str
    side: Side | None = None

    def to_json(self) -> dict[str, str]:
        """Return the override in a form that can be stored as JSON."""
        side = self.side.value if self.side else ""
        return {"was": self.was, "wanted": self.wanted, "side": side}

    @classmethod
    def from_json(cls, data: object) -> FieldOverride | None:
        """Read a stored override (``shape.py``).

        :return: None if it cannot be read
        """
        kept = shape.texts(data)
        side = shape.members_of(Side, kept).get("side")
        if not {"was", "wanted", "side"} <= kept.keys() or kept["side"] and not side:
            return None
        return cls(kept["was"], kept["wanted"], side)


def field_overrides_of(data: object) -> dict[str, FieldOverride]:
    """Read the stored overrides of a link (``shape.py``).

    :return: by field key, without those that cannot be read
    """
    found = {
        k: FieldOverride.from_json(kept) for k, kept in shape.mapping(data).items()
    }
    return {key: override for key, override in found.items() if override}


@dataclass(frozen=True)
class Granted:
    """Field overrides that can be carried out, in the terms of a merge.

    :param ours: the contact to merge: an override for both sides, or only for Exchange,
        counts as an edit made in Odoo; one only for Odoo is not sent to Exchange
    :param base: what both sides agreed on; for the overridden fields, what Exchange has
    :param pull: by field key, additional values to write in Odoo
    :param differences: those of the other fields
    :param refused: keys of fields that changed afterwards
    """

    ours: Contact
    base: Mapping[str, str] | None
    pull: Mapping[str, str]
    differences: Differences
    refused: tuple[str, ...] = ()


def grant(
    field_overrides: Mapping[str, FieldOverride],
    aligned: Aligned,
    reference_data: ReferenceData,
) -> Granted:
    """Find out which field overrides still apply.

    :param field_overrides: by field key
    :param aligned: the pair as it is now
    """
    stand = {
        key: override
        for key, override in field_overrides.items()
        if _stands(key, override, field_overrides, aligned, reference_data)
    }
    refused = tuple(key for key in field_overrides if key not in stand)
    ours, theirs = aligned.ours, aligned.theirs
    if not stand:
        return Granted(ours, aligned.base, {}, aligned.differences, refused)
    pull = {
        key: override.wanted
        for key, override in stand.items()
        if override.side is not Side.EXCHANGE
        and not _is(
            key,
            Side.ODOO,
            override.wanted,
            _wanted(field_overrides),
            aligned,
            reference_data,
        )
    }
    edited = {
        key: theirs[key] if override.side is Side.ODOO else override.wanted
        for key, override in stand.items()
    }
    agreed = {**(aligned.base or {}), **{key: theirs[key] for key in stand}}
    differences = aligned.differences.without(stand.keys())
    return Granted(ours.with_values(edited), agreed, pull, differences, refused)


def _stands(
    key: str,
    override: FieldOverride,
    field_overrides: Mapping[str, FieldOverride],
    aligned: Aligned,
    reference_data: ReferenceData,
) -> bool:
    """Decide whether each side to be written has the value that the person saw, or
    already has the wanted one."""
    if key not in aligned.ours or key not in aligned.theirs:
        return False
    seen = {k: w.was for k, w in field_overrides.items()}
    asked = [override.side] if override.side else list(Side)
    return all(
        _is(key, side, override.was, seen, aligned, reference_data)
        or _is(
            key,
            side,
            override.wanted,
            _wanted(field_overrides),
            aligned,
            reference_data,
        )
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
    reference_data: ReferenceData,
) -> bool:
    """Decide whether a side has a value; a state is read next to the country that was
    stored with it.

    The text that Odoo made of a pulled value ("http://example.com") counts as that
    value.
    """
    here = aligned.ours if side is Side.ODOO else aligned.theirs
    meant = {**here, **beside, key: text}
    if reference_data.rows[key].kind is Kind.SET:
        return same(key, here, meant, reference_data)
    if unedited(key, here, meant, reference_data):
        return True
    differences = aligned.differences.ours
    return (
        side is Side.ODOO
        and key in differences
        and unedited(key, differences, here, reference_data)
        and unedited(key, aligned.base or {}, meant, reference_data)
    )
