# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check plain Python values before tests write them directly into a mailbox."""

from __future__ import annotations

from collections.abc import Mapping

from ..ews.properties.item_kinds import CONTACT
from ..ews.properties.kinds import STRINGS, TEXT
from ..store.values import Values
from .aliases import ALIASES
from .mapi import stored_value

_EXTENDED = "extended:"
_CHECKS = {
    key: each.check
    for key, each in CONTACT.by_key.items()
    if each.refusal is None and key != "item:ItemClass"
}


def kept_key(key: str) -> str:
    """The key under which a value is kept, whichever of its names is given."""
    alias = ALIASES.get(key)
    return key if alias is None else alias.key


def checked_values(values: Mapping[str, object]) -> Values:
    """The values of a contact as they are stored.

    :param values: by key, see :mod:`exchange_server.properties`; None is left out
    :raises ValueError: for a key that contacts do not have or that is read-only, and
        for a value of another kind
    """
    checked: Values = {}
    for key, value in values.items():
        if value is None:
            continue
        check = _CHECKS.get(key)
        if check is not None:
            checked[key] = check(value)
        elif key.startswith(_EXTENDED):
            is_list = isinstance(value, (list, tuple))
            plain = (STRINGS if is_list else TEXT).check(value)
            checked[kept_key(key)] = stored_value(key, plain)
        else:
            raise ValueError(f"contacts have no property {key!r} that can be written")
    return checked
