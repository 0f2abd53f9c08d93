# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Collect what a batch did, to be stored before the batch commits.

Ports: log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from ..core.align import surplus_of
from ..core.companies import rows_of
from ..core.contact import Base, Contact, Difference
from ..core.differences import DifferenceReason, row_of
from ..core.errors import (
    ContactError,
    MayNotWrite,
    Remark,
    RequestNotApplied,
    SyncError,
    present,
)
from ..core.fields import LISTS, SETS
from ..core.link import Link, LinkState
from ..core.merge import Conflict
from ..core.policy import Side
from ..core.run import Line, LineAction, Way
from .partial_writes import REFUSALS
from .session import Session

REMARKS = {
    DifferenceReason.REFUSED_BY_ODOO: "odoo_refused",
    DifferenceReason.REFUSED_BY_EXCHANGE: "exchange_refused",
    DifferenceReason.CUT: "value_cut",
    DifferenceReason.NOT_KEPT: "value_not_kept",
    DifferenceReason.STAYS: "value_stays",
}
"""The remark on a value that differs, if the side that refused it gave no reason."""


class Report:
    """The lines and counters of a batch, named as in ``exchange.sync.run``."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.counters: Counter[str] = Counter()
        self.unfinished = 0
        self._of_all: dict[str, Line] = {}

    def store(self, session: Session) -> None:
        """Pass the lines to the log, which writes them within the running
        transaction.
        """
        for code in self._of_all.keys() - session.reported:
            session.reported.add(code)
            if not session.log.has_remark(code):
                line = self._of_all[code]
                self.lines.append(line)
                self.count("error_count", line.action is LineAction.ERROR)
        if self.lines or self.counters:
            session.log.record(self.lines, self.counters)
        session.errors += self.unfinished

    def remark(self, error: SyncError, action: LineAction = LineAction.SKIP) -> None:
        """Add a line about something that concerns many contacts, once in a run.

        :param error: what the owner lacks, for instance a right
        """
        self._of_all[error.code] = Line(Way.PULL, action, error=error)

    def count(self, counter: str, number: int = 1) -> None:
        """Add to a counter.

        :param counter: a field of ``exchange.sync.run``
        """
        if number:
            self.counters[counter] += number

    def contact(
        self,
        direction: Way,
        action: LineAction,
        name: str,
        link: Link | None,
        remote: str = "",
        candidates: tuple[int, ...] = (),
        why: SyncError | None = None,
    ) -> None:
        """Add a line about a whole contact.

        :param why: a further explanation, if any
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
        direction: Way,
        name: str,
        link: Link,
        changes: Mapping[str, str],
        before: Contact,
    ) -> None:
        """Add a line for each field that got a new value on one side."""
        for key, value in changes.items():
            self.field(direction, name, link, key, before.get(key, ""), value)

    def field(
        self,
        direction: Way,
        name: str,
        link: Link,
        key: str,
        old: str = "",
        new: str = "",
        action: LineAction = LineAction.UPDATE,
        why: SyncError | None = None,
    ) -> None:
        """Add a line about a field that got a new value on one side; a photo is not
        shown.

        :param action: see ``exchange.sync.line``
        :param why: a further explanation, if any
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
        """Add a line about a field that was changed on both sides.

        The value that was lost is ``old_value``.
        """
        direction = Way.PULL if conflict.winner is Side.EXCHANGE else Way.PUSH
        self.lines.append(
            Line(
                direction,
                LineAction.CONFLICT,
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

    def request_not_applied(self, name: str, link: Link, key: str = "") -> None:
        """Add a line about a user request that no longer applies because of a later
        change.

        :param key: the field concerned; "" for the whole contact
        """
        override = link.field_overrides.get(key)
        self.lines.append(
            Line(
                Way.PULL,
                LineAction.SKIP,
                name,
                link.partner,
                link.id,
                key,
                override.was if override else "",
                override.wanted if override else "",
                error=RequestNotApplied(),
                remote=link.remote,
            )
        )
        self.count("skipped_count")

    def surplus(self, name: str, link: Link, before: Base | None) -> None:
        """Add lines about values of Odoo that Exchange has no place for, once for each
        value.

        :param link: as it is now
        :param before: the base when these values were last reported
        """
        reported = surplus_of(before)
        for key, text in surplus_of(link.base):
            if (key, text) not in reported:
                row = LISTS.get(key, (key,))[0]
                why = Remark("no_category" if key in SETS else "no_place")
                line = Line(
                    Way.PUSH, LineAction.SKIP, name, link.partner, link.id, row, text
                )
                self.lines.append(replace(line, error=why, remote=link.remote))

    def differences(
        self,
        name: str,
        link: Link,
        before: Link | None,
        refused: Mapping[str, ContactError],
        *,
        ours: Mapping[str, str] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """Add lines about values that one side does not accept, once for each value.

        :param link: as it is now
        :param before: the link when they were last reported; without a change token,
            everything has been tried again because of a user request or changed rights
        :param refused: errors by unit, of this attempt
        :param ours: row to text, Odoo's values
        :param only: rows, or members of a set, to report; None for all
        """
        base = present(link.base)
        rows = rows_of(base, refused)
        errors = {rows[unit]: error for unit, error in refused.items()}
        known = (
            before.base.lasting_differences(ours or {})
            if before and before.base
            else {}
        )
        for key, difference in base.lasting_differences(ours or {}).items():
            if only is not None and key not in only:
                continue
            again = key in errors and before and not before.change_token
            if known.get(key) != difference or again:
                self._difference(name, link, key, difference, errors.get(key))

    def _difference(
        self,
        name: str,
        link: Link,
        key: str,
        difference: Difference,
        error: ContactError | None,
    ) -> None:
        if isinstance(error, MayNotWrite):
            self.remark(error, LineAction.ERROR)
            return
        pulled = difference.why is DifferenceReason.REFUSED_BY_ODOO
        old, new = (
            (difference.ours, difference.theirs)
            if pulled
            else (difference.theirs, difference.ours)
        )
        self.lines.append(
            Line(
                Way.PULL if pulled else Way.PUSH,
                LineAction.ERROR if difference.why.is_refusal else LineAction.SKIP,
                name,
                link.partner,
                link.id,
                row_of(key),
                old,
                new,
                error=error or Remark(REMARKS[difference.why]),
                remote=link.remote,
            )
        )
        self.count("error_count", difference.why.is_refusal)

    def unread_value(self, name: str, link: Link | None, remote: str, key: str) -> None:
        """Add a line about a value of Exchange that cannot be read; Odoo's value
        stays.
        """
        partner, link_id = (link.partner, link.id) if link else (0, 0)
        why = Remark("value_unreadable")
        line = Line(Way.PULL, LineAction.SKIP, name, partner, link_id, key, error=why)
        self.lines.append(replace(line, remote=remote))
        self.count("skipped_count")

    def failure(
        self,
        direction: Way,
        name: str,
        error: SyncError,
        link: Link | None = None,
        remote: str = "",
    ) -> None:
        """Add a line about a contact or a folder that could not be read or written.

        An error that will not go away by itself is reported once: a link in the state
        "error" was reported before.
        """
        self.unfinished += 1
        if isinstance(error, MayNotWrite):
            self.remark(error, LineAction.ERROR)
            return
        if isinstance(error, REFUSALS) and link and link.state is LinkState.ERROR:
            return
        self.lines.append(
            Line(
                direction,
                LineAction.ERROR,
                name,
                link.partner if link else 0,
                link.id if link else 0,
                error=error,
                remote=remote or (link.remote if link else ""),
            )
        )
        self.count("error_count")
