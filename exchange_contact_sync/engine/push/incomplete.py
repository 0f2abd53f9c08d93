# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create contacts for which the mailbox refuses some values.

Such a contact is created with its name alone, or blank, and gets the other values as an
edit, which shows the refused value. What is about to be sent is stored first, so that a
process that dies in between leaves nothing unknown.
"""

from __future__ import annotations

from dataclasses import replace

from ...core.companies import parts_of_name
from ...core.link import Link


def with_fewer_values(link: Link, category: str) -> Link | None:
    """Return the link of a contact that is about to be created with fewer values.

    :param link: pending; the mailbox refused its contact
    :param category: the category for contacts we create; "" for none
    :return: None if no further value can be left out
    """
    base = link.base
    if base is None:
        return None
    sent = {**base.values, **base.foreign}
    filled = {key for key, text in sent.items() if text and key != "name"}
    if filled == {"categories"} and sent["categories"] == category:
        filled = set()
    named = {key for key in parts_of_name(base) if base.remembered.get(key)}
    if not filled and not named and not sent.get("categories"):
        return None
    foreign = {**base.foreign, **dict.fromkeys(filled, "")}
    values = {key: text for key, text in base.values.items() if key not in filled}
    remembered = dict(base.remembered)
    if filled and category:
        foreign["categories"] = category
    if not filled:
        values.pop("name", None)
        foreign["categories"] = ""
        remembered = {k: text for k, text in remembered.items() if k not in named}
    # Keep the name for the lines; it also marks the contact as incomplete
    # (``is_incomplete``).
    differences = base.differences.with_reasons({}, {"name": link.name})
    base = replace(
        base,
        values=values,
        foreign=foreign,
        remembered=remembered,
        differences=differences,
    )
    return replace(link, base=base)


def is_incomplete(link: Link) -> bool:
    """Return whether the contact is about to be created with fewer values.

    :param link: pending
    """
    return link.base is not None and "name" in link.base.differences.ours
