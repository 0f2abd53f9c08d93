# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The document that shows the tables."""

from __future__ import annotations

from pathlib import Path

from . import graph
from .markup import markdown
from .not_synchronized import (
    OF_CONTACTS,
    OF_ITEMS,
    USED_OTHERWISE,
)
from .tables import reasons, synchronized

PAGE = Path("exchange_contact_sync/docs/FIELDS.md")

GRAPH = "In Exchange Online (Graph)"

FIELDS = """\
<!-- Written by ./dev table from the tables of the code; not to be edited. -->

# What is synchronized

Every property of a contact in Exchange Web Services (the types `ContactItemType` and
`ItemType` of the published schema) is in one of the tables below. The column for
Exchange Online says where Microsoft Graph keeps it.

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

{items}
# Properties in Microsoft Graph

These are all properties of the type `contact` in version 1.0 that are not in the first
table.

{graph_used}
{graph_left}"""


def page() -> str:
    """:return: str, FIELDS.md"""
    return FIELDS.format(
        synchronized=markdown(synchronized()),
        used=markdown(reasons(USED_OTHERWISE, "In Exchange (EWS)", "What for")),
        contacts=markdown(reasons(OF_CONTACTS, "In Exchange (EWS)", "Why not")),
        items=markdown(reasons(OF_ITEMS, "In Exchange (EWS)", "Why not")),
        graph_used=markdown(reasons(graph.USED_OTHERWISE, GRAPH, "What for")),
        graph_left=markdown(reasons(graph.LEFT, GRAPH, "Why not")),
    )


def wanted(root: Path) -> dict[Path, str]:
    """:param root: Path, the checkout
    :return: dict of text by path: the document as it should be
    """
    return {root / PAGE: page()}
