# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The documents that show the tables."""

from __future__ import annotations

from pathlib import Path

from exchange_contact_sync.exchange.not_synchronized import (
    OF_CONTACTS,
    OF_ITEMS,
    USED_OTHERWISE,
)

from .markup import markdown, restructured
from .tables import reasons, synchronized

README, PAGE = Path("README.rst"), Path("exchange_contact_sync/readme/FIELDS.md")
BEGIN, END = "\n.. begin of the table: {} (./dev table)\n\n", "\n.. end of the table\n"
SYNCHRONIZED, LEFT = "synchronized", "not synchronized"

FIELDS = """\
<!-- Written by ./dev table from the tables of the code; not to be edited. -->

# What is synchronized

Every property of a contact in Exchange Web Services (the types `ContactItemType` and
`ItemType` of the published schema) is in one of the tables below.

{synchronized}
A number in Odoo's *Phone* belongs to the place in Exchange that it came from or, when
it is new, to the mobile phone or the business phone. The number of a fax or another
machine is always a communication option. (Version 19.0.1.0.0 synchronized
this one number only, from whichever place it came.) A contact in Odoo has any number of
communication options; what exceeds the places in Exchange stays in Odoo, and the
history says so.

With an e-mail address Exchange keeps the name that Outlook shows for it. That name,
*File as* and the initials follow the name in Odoo if they were made of it; what a
person wrote stays.

Birthday and anniversary are the days that Outlook shows in the time zone of the
account's owner. Beside each, Exchange keeps the day without a time zone; it is written
too.

# What is used in another way

{used}
# What is not synchronized

A synchronization writes only what changed, property by property. What is named here
is never written: it stays as it is.

## Properties of contacts

{contacts}
## Properties that contacts share with messages, tasks and appointments

{items}"""


def page() -> str:
    """:return: str, FIELDS.md"""
    return FIELDS.format(
        synchronized=markdown(synchronized()),
        used=markdown(reasons(USED_OTHERWISE, "In Exchange (EWS)", "What for")),
        contacts=markdown(reasons(OF_CONTACTS, "In Exchange (EWS)", "Why not")),
        items=markdown(reasons(OF_ITEMS, "In Exchange (EWS)", "Why not")),
    )


def readme(text: str) -> str:
    """:param text: str, README.rst as it is
    :return: str, with its tables as they should be
    :raises ValueError: when the marks of a table are missing
    """
    text = _put(text, SYNCHRONIZED, restructured(synchronized()))
    left = reasons(OF_CONTACTS, "In Exchange (EWS)", "Why not")
    return _put(text, LEFT, restructured(left))


def _put(text: str, name: str, table: str) -> str:
    before, begin, rest = text.partition(BEGIN.format(name))
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no place for the table: {name}")
    return before + begin + table + end + after


def wanted(root: Path) -> dict[Path, str]:
    """:param root: Path, the checkout
    :return: dict of text by path: the documents as they should be
    """
    return {
        root / README: readme((root / README).read_text("utf-8")),
        root / PAGE: page(),
    }
