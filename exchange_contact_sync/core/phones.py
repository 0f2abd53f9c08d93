# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The slot of a partner's main phone number (``numbers.py`` parses numbers)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from .fields import VOICE_SLOTS
from .numbers import canonical_phone
from .numbers import recognized_numbers as recognized_numbers


@dataclass(frozen=True)
class LastSeen:
    """The phone numbers of a pair when it last agreed.

    :param slot: key of the slot of the partner's number; "" if unknown
    :param number: the number that both sides agreed on
    :param numbers: by key, all slots that were filled in Exchange
    """

    slot: str = ""
    number: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


def _alike(one: str, other: str) -> bool:
    return canonical_phone(one) == canonical_phone(other)


def slot_of_number(
    number: str,
    theirs: Mapping[str, str],
    last: LastSeen,
    preferred: str,
    held: Collection[str] = frozenset(),
    alike: Callable[[str, str], bool] = _alike,
) -> str:
    """Decide which of the nineteen slots a partner's main number belongs to.

    It is never the slot of a machine (``fields.MACHINE_SLOTS``): a fax number is a
    further number, even if it equals the partner's phone number. A pair to which an
    earlier version assigned the slot of a machine keeps it as long as it is filled.

    1. The slot it came from, as long as that is filled.
    2. Otherwise the number may have moved: to a slot that contains it now, or to one
       that was filled since.
    3. A number without a slot goes to the preferred slot for its kind, or, if that is
       taken, to the slot it last had.
    4. Without a number, the first filled slot (``fields.PHONE_SLOTS`` is in the order
       of calling); a pair that agreed to have no number keeps its slot until another
       one is filled.

    :param number: the partner's number, may be empty
    :param theirs: by field key, the item
    :param preferred: key of the slot for a number of this kind
    :param held: keys of the slots of further numbers
    :param alike: decides whether two texts are the same number
    :return: a key of ``fields.PHONE_KEYS``
    """
    if last.slot and theirs.get(last.slot):
        return last.slot
    filled = [key for key in VOICE_SLOTS if theirs.get(key) and key not in held]
    if preferred in held:
        preferred = _free(theirs, held, preferred)
    equal = [key for key in filled if number and alike(number, theirs[key])]
    if equal:
        return equal[0]
    fresh = [key for key in filled if not last.numbers.get(key)]
    if last.slot:
        return _slot_again(bool(number), theirs, last, fresh, preferred)
    return preferred if number or not filled else filled[0]


def _free(theirs: Mapping[str, str], held: Collection[str], preferred: str) -> str:
    """Return the first free slot in the order of calling."""
    free = (key for key in VOICE_SLOTS if key not in held and not theirs.get(key))
    return next(free, preferred)


def _slot_again(
    has_number: bool,
    theirs: Mapping[str, str],
    last: LastSeen,
    fresh: list[str],
    preferred: str,
) -> str:
    """Return the slot for a pair whose former slot is empty in Exchange."""
    had_number = bool(last.number)
    if fresh and (had_number or not has_number):
        return fresh[0]
    if has_number and not had_number and not theirs.get(preferred):
        return preferred
    return last.slot
