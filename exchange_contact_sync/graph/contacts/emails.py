# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write e-mail addresses.

There are two ways. ``emailAddresses`` is documented, but it is a list: it replaces all
addresses, has no gaps, does not change the name of an address that stays
(microsoft-graph-docs issue 507), and would turn an internal address of Exchange into an
external one. So it is used only if the list contains exactly what is written: the first
addresses of a contact, without a gap. Otherwise a slot is written as Outlook does it,
by its five properties ([MS-OXOCNTC] 2.2.1.2), which does not change the other slots.
Neither way has been tested with a server of Microsoft.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from ...outlook.properties import Property
from .parse import Slot
from .properties import Email

LIST = "emailAddresses"

Extra = dict[Property, str | None]

_ONE_OFF = bytes.fromhex("00000000812b1fa4bea310199d6e00dd010f5402")
"""Flags and MAPI_ONE_OFF provider UID ([MS-OXCDATA] 2.2.5.1)."""

_VERSION_AND_FLAGS = bytes.fromhex("00000190")
"""Version 0; Unicode, no rich text, no lookup."""


def written(
    after: Mapping[str, Slot], before: Mapping[str, Slot], emails: Mapping[str, Email]
) -> tuple[list[dict[str, str]] | None, Extra]:
    """Return the properties with which addresses are written.

    :param after: by row, the slots to write, "" to clear
    :param before: by row, all slots of the item
    :param emails: by row, all rows of addresses
    :return: pair of the value of ``emailAddresses``, or None, and extended properties
    """
    changed = {k: slot for k, slot in after.items() if slot != before.get(k, Slot())}
    if not changed:
        return None, {}
    if _fits_a_list(changed, before, emails):
        filled = (changed[key] for key in emails if key in changed)
        return [_entry(slot) for slot in filled if slot.address], {}
    extra: Extra = {}
    for key, slot in changed.items():
        extra |= _slot(emails[key], slot)
    return None, extra


def _fits_a_list(
    changed: Mapping[str, Slot], before: Mapping[str, Slot], emails: Mapping[str, Email]
) -> bool:
    stays = any(slot.address for key, slot in before.items() if key not in changed)
    relabeled = any(
        slot.address and slot.address == before.get(key, Slot()).address
        for key, slot in changed.items()
    )
    filled = [bool(changed.get(key, Slot()).address) for key in emails]
    has_gap = filled != sorted(filled, reverse=True)
    return not (stays or relabeled or has_gap)


def _entry(slot: Slot) -> dict[str, str]:
    return {"address": slot.address, "name": slot.label or slot.address}


def _slot(email: Email, slot: Slot) -> Extra:
    if not slot.address:
        return cleared(email)
    label = slot.label or slot.address
    return {
        email.label: label,
        email.type: "SMTP",
        email.address: slot.address,
        email.original: slot.address,
        email.entry_id: one_off(label, slot.address),
    }


def cleared(email: Email) -> Extra:
    """Return the extended properties to delete so that an address is gone."""
    names = (email.label, email.type, email.address, email.original, email.entry_id)
    return dict.fromkeys(names)


def one_off(label: str, address: str) -> str:
    """Return the entry id of an address outside of Exchange, in base64.

    Outlook sends messages to the entry id, so it must not be that of an earlier
    address.
    """
    texts = (label, "SMTP", address)
    strings = b"".join(f"{text}\0".encode("utf-16-le") for text in texts)
    return base64.b64encode(_ONE_OFF + _VERSION_AND_FLAGS + strings).decode()
