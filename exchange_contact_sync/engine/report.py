# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a batch did, collected while it is done, handed over before it commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ..core.align import surplus_of
from ..core.contact import Base, Contact
from ..core.errors import LeftAlone, Remark, SyncError
from ..core.fields import LISTS, SETS
from ..core.merge import Conflict
from ..core.policy import Side
from ..core.records import Line, Link
from .parts import Slice


class Report:
    """Lines and counters of a batch, named as in ``exchange.sync.run``."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.counters: Counter[str] = Counter()

    def hand_over(self, work: Slice) -> None:
        """:param work: Slice, whose log writes it within the running transaction"""
        if self.lines or self.counters:
            work.parts.log.record(self.lines, self.counters)
        work.errors += self.counters["error_count"]

    def count(self, counter: str, number: int = 1) -> None:
        """:param counter: str, field of ``exchange.sync.run``"""
        if number:
            self.counters[counter] += number

    def whole(
        self,
        direction: str,
        action: str,
        name: str,
        link: Link | None,
        remote: str = "",
        candidates: tuple[int, ...] = (),
        why: SyncError | None = None,
    ) -> None:
        """Something happened to a whole contact.

        :param why: SyncError, if there is more to say
        """
        partner, link_id = (link.partner, link.id) if link else (0, 0)
        remote = remote or (link.remote if link else "")
        self.lines.append(
            Line(
                direction,
                action,
                name,
                partner,
                link_id,
                error=why,
                remote=remote,
                candidates=candidates,
            )
        )

    def fields(
        self,
        direction: str,
        name: str,
        link: Link,
        changes: Mapping[str, str],
        before: Contact,
    ) -> None:
        """Fields got a new value on one side."""
        for key, value in changes.items():
            self.field(direction, name, link, key, before.get(key, ""), value)

    def field(
        self,
        direction: str,
        name: str,
        link: Link,
        key: str,
        old: str = "",
        new: str = "",
        action: str = "update",
        why: SyncError | None = None,
    ) -> None:
        """A field got a new value on one side; that of a photo cannot be shown.

        :param action: str, see ``exchange.sync.line``
        :param why: SyncError, if there is more to say
        """
        self.lines.append(
            Line(
                direction,
                action,
                name,
                link.partner,
                link.id,
                key,
                old,
                new,
                error=why,
                remote=link.remote,
            )
        )

    def conflict(self, name: str, link: Link, conflict: Conflict) -> None:
        """The same field was changed on both sides: ``old_value`` is the one lost."""
        direction = "pull" if conflict.winner is Side.EXCHANGE else "push"
        self.lines.append(
            Line(
                direction,
                "conflict",
                name,
                link.partner,
                link.id,
                conflict.key,
                conflict.lost,
                conflict.kept,
                remote=link.remote,
            )
        )
        self.count("conflict_count")

    def left_alone(self, name: str, link: Link, key: str = "") -> None:
        """What a person decided on was changed since.

        :param name: str
        :param link: Link
        :param key: str, the field that was meant; "" for the whole contact
        """
        wish = link.wishes.get(key)
        self.lines.append(
            Line(
                "pull",
                "skip",
                name,
                link.partner,
                link.id,
                key,
                wish.was if wish else "",
                wish.wanted if wish else "",
                error=LeftAlone(),
                remote=link.remote,
            )
        )
        self.count("skipped_count")

    def surplus(self, name: str, link: Link, before: Base | None) -> None:
        """What Odoo has and Exchange does not get is told once.

        :param name: str
        :param link: Link, as it is now
        :param before: Base or None, what was agreed on when it was last told
        """
        told = surplus_of(before)
        for key, text in surplus_of(link.base):
            if (key, text) not in told:
                row = LISTS.get(key, (key,))[0]
                why = Remark("no_category" if key in SETS else "no_place")
                line = Line("push", "skip", name, link.partner, link.id, row, text)
                self.lines.append(replace(line, error=why, remote=link.remote))

    def failure(
        self,
        direction: str,
        name: str,
        error: SyncError,
        link: Link | None = None,
        remote: str = "",
    ) -> None:
        """One contact, or one folder, could not be read or written."""
        self.lines.append(
            Line(
                direction,
                "error",
                name,
                link.partner if link else 0,
                link.id if link else 0,
                error=error,
                remote=remote or (link.remote if link else ""),
            )
        )
        self.count("error_count")
