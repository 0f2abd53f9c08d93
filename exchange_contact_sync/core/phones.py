# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Telephone numbers: the slot they belong to (``numbers.py`` reads them)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from .fields import SPOKEN
from .numbers import canonical_phone
from .numbers import recognised_numbers as recognised_numbers


@dataclass(frozen=True)
class LastSeen:
    """The numbers of a pair when it last agreed.

    :param slot: str, key of the slot the partner's number stood for; "" if unknown
    :param number: str, the number both sides agreed on
    :param numbers: Mapping of key to text, all slots that were filled in Exchange
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
    """Which of the nineteen slots the one number of a partner stands for.

    Never one of a machine (``fields.MACHINES``): a fax number is a further number,
    also when the partner has the same number as its phone. A pair keeps the slot of a
    machine that an earlier version gave it as long as that is filled.

    The slot it came from, as long as that is filled. When it is not, the number may
    have moved: to a slot that holds it now, or to one that was filled since. A
    number that has no slot goes to the one preferred for its kind, and to the one
    it last had if that is taken by another. Without a number it is the first filled
    one (``fields.PHONE_SLOTS`` has them in the order of dialling); but a pair that
    agreed to have none keeps to that until a slot is newly filled.

    :param number: str, the partner's number, may be empty
    :param theirs: Mapping of field key to text, the contact in Exchange
    :param last: LastSeen
    :param preferred: str, key of the slot for a number of this kind
    :param held: collection of str, keys of slots that further numbers stand for
    :param alike: callable, whether two texts are one number
    :return: str, a key of ``fields.PHONE_KEYS``
    """
    if last.slot and theirs.get(last.slot):
        return last.slot
    filled = [key for key in SPOKEN if theirs.get(key) and key not in held]
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
    """A slot that nothing stands for, those one would dial first."""
    free = (key for key in SPOKEN if key not in held and not theirs.get(key))
    return next(free, preferred)


def _slot_again(
    has_number: bool,
    theirs: Mapping[str, str],
    last: LastSeen,
    fresh: list[str],
    preferred: str,
) -> str:
    """The slot of a pair whose slot is empty in Exchange."""
    had_number = bool(last.number)
    if fresh and (had_number or not has_number):
        return fresh[0]
    if has_number and not had_number and not theirs.get(preferred):
        return preferred
    return last.slot
