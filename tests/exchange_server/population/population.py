# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fills a mailbox: three folders of contacts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .companies import draw_companies
from .contacts import Contacts, Values
from .dice import Dice

if TYPE_CHECKING:
    from ..store.mailbox import Mailbox


@dataclass(frozen=True)
class FolderPlan:
    """How the contacts of a folder are.

    :param name: None for the mailbox's own Contacts folder, else a folder below it
    :param share: of all contacts, from 0 to 1
    :param business: the probability of a person in a company
    """

    name: str | None
    share: float
    business: float


FOLDERS = (
    FolderPlan(None, 0.7, 0.85),
    FolderPlan("Suppliers", 0.2, 1.0),
    FolderPlan("Family and friends", 0.1, 0.0),
)


def populate(mailbox: Mailbox, contacts: int, seed: int) -> None:
    """Fill a new mailbox with people, and make the folders they are in.

    :param contacts: how many in all folders together; 0 leaves the mailbox as it is
    :param seed: the same seed gives the same folders and values
    """
    if not contacts:
        return
    dice = Dice(seed)
    drawn = Contacts(dice, draw_companies(dice, contacts))
    main = mailbox.folder("contacts")
    for plan, count in zip(FOLDERS, _counts(contacts), strict=True):
        folder = main
        if plan.name is not None:
            folder = mailbox.create_folder(plan.name, main)
        mailbox.bulk_add_contacts(folder, _draw(drawn, count, plan.business))


def _counts(contacts: int) -> list[int]:
    """How many contacts each folder gets; the first one gets what is left over."""
    below = [int(contacts * plan.share) for plan in FOLDERS[1:]]
    return [contacts - sum(below), *below]


def _draw(drawn: Contacts, count: int, business: float) -> Iterator[Values]:
    for _ in range(count):
        yield drawn.draw(business)
