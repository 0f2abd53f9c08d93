# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Groups of extended properties that hold one value together.

Source: "Contact property groups" on the page "How to: Use extended properties to delete
a contact's email address using the EWS Managed API 2.0"
(https://learn.microsoft.com/previous-versions/office/developer/exchange-server-2010/
jj585538(v=exchg.80)), and [MS-OXOCNTC] 2.2.1.2 (electronic addresses) and 2.2.1.5.1
(a day beside its local day).
"""

from __future__ import annotations

from collections.abc import Mapping

from .aliases import ADDRESS_SET


def _address(number: int, kind: str = "String") -> str:
    return f"extended:{ADDRESS_SET}:#{number}:{kind}"


def _email(first: int) -> frozenset[str]:
    """Display name, type, address and original name; the entry identifier."""
    texts = {_address(first + offset) for offset in (0, 2, 3, 4)}
    return frozenset({*texts, _address(first + 5, "Binary")})


def _day(tag: int, local: int) -> frozenset[str]:
    kind = "SystemTime"
    return frozenset({f"extended:{hex(tag)}:{kind}", _address(local, kind)})


GROUPS: Mapping[str, frozenset[str]] = {
    "contacts:EmailAddress:EmailAddress1": _email(0x8080),
    "contacts:EmailAddress:EmailAddress2": _email(0x8090),
    "contacts:EmailAddress:EmailAddress3": _email(0x80A0),
    "contacts:Birthday": _day(0x3A42, 0x80DE),
    "contacts:WeddingAnniversary": _day(0x3A41, 0x80DF),
}
"""By the key of a value, the names of all extended properties it is made of."""
