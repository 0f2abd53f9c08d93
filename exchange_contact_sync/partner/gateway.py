# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write partners as the account's owner: the engine's ``PartnerStore``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, TypeVar

from odoo.fields import Domain
from odoo.tools import SQL

from ..core.errors import ContactError, MayNotWrite
from ..core.fields import FIELDS, Field
from ..core.matching import Candidate
from ..core.normalize import members
from ..core.partner import LocalContact, Written
from ..core.reference_data import ReferenceData
from . import addresses, export_scope, extra_fields, match_keys, unreadable
from .carried import Carried
from .change_tokens import change_tokens, dirty_links
from .communication_options import OPTIONS
from .lookups import Companies
from .mapping import READ, TAGS, to_local, to_vals
from .new_partners import new_partners
from .phone_slots import slots
from .places import Places
from .read_back import became
from .refusals import archiving_error, may_not, process_batch
from .renaming import rename_company_and_tags
from .tags import FIELD as TAGS_FIELD
from .tags import Tags

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import PartnerStore

W = TypeVar("W")
A = TypeVar("A")

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "active_test": False,
    "exchange_contact_sync_keep_addresses": True,
}
"""Context without messages about changes, which the run's history shows anyway, and
without copying addresses between a company and its people
(``models/res_partner.py``).
"""


class PartnerGateway:
    """Partners, read and written with the rights of the account's owner.

    :param account: record of ``exchange.account``; its environment's user is the owner
    :param further: fields by key, of rows that other addons added
    :ivar carried: the values of a partner that are synchronized
    """

    def __init__(
        self, account: BaseModel, further: Mapping[str, Field] | None = None
    ) -> None:
        self._account = account
        self._rows = {**FIELDS, **further} if further else FIELDS
        self.carried = Carried(
            tags=account.sync_categories,
            addresses=account.sync_addresses,
            further=frozenset(further or ()),
        )
        self.carries = self.carried.rows
        self._creates_companies = account.create_companies
        self._exports_all = account.export_scope == "all"
        owner = account.env.user
        context = {**account.env.context, **QUIET, "lang": owner.lang, "tz": owner.tz}
        self.env = account.env(context=context)

    @functools.cached_property
    def _places(self) -> Places:
        return Places(self.env)

    @functools.cached_property
    def _companies(self) -> Companies:
        active = self.env(context={**self.env.context, "active_test": True})
        return Companies(active)

    @functools.cached_property
    def _tags(self) -> Tags:
        return Tags(self.env)

    def forget_read(self) -> None:
        """Discard cached tags and companies, which may have changed after a commit or a
        rollback.
        """
        vars(self).pop("_tags", None)
        if self._creates_companies:
            vars(self).pop("_companies", None)

    @functools.cached_property
    def choice(self) -> export_scope.Choice:
        """The export choice, read once per slice."""
        return export_scope.choice(self._account, self.env)

    @property
    def _scope(self) -> Domain:
        return self.choice.domain

    @property
    def _partners(self) -> BaseModel:
        return self.env["res.partner"]

    def reference_data(self) -> ReferenceData:
        """See the port."""
        tags = self._tags.reference_data.tag_names if self.carried.tags else {}
        reference_data = replace(
            self._places.reference_data, tag_names=tags, rows=self._rows
        )
        return replace(
            reference_data,
            tags=self._tags.names if self.carried.tags else None,
            outsiders=frozenset(
                members(self._account.export_category_name or "", reference_data)
            ),
        )

    def fetch(self, ids: Sequence[int]) -> dict[int, LocalContact]:
        """See the port."""
        return self._read(ids, self._fetch_all, self._unreadable)

    def _unreadable(self, partner: int, problem: ContactError) -> LocalContact | None:
        change_token = self.change_tokens([partner]).get(partner, "")
        return unreadable.local(self.env, partner, change_token, problem)

    def _read(
        self,
        ids: Sequence[int],
        read: Callable[[list[tuple[BaseModel]]], list[A | None]],
        instead: Callable[[int, ContactError], A | None],
    ) -> dict[int, A]:
        """Read partners; one for which an app fails does not affect the others.

        :param read: takes a list of tuples of a record and returns an answer, or None,
            for each
        :param instead: takes an id and the error, and returns what replaces a partner
            that cannot be read, or None
        :return: what was read, by id
        """
        work = [(partner,) for partner in self._partners.browse(ids)]
        answers = self.process_batch(read, work)
        found = {
            one: instead(one, answer) if isinstance(answer, ContactError) else answer
            for one, answer in zip(ids, answers, strict=True)
        }
        return {one: answer for one, answer in found.items() if answer}

    def _fetch_all(self, work: list[tuple[BaseModel]]) -> list[LocalContact | None]:
        """Read partners; None for those the owner cannot see."""
        names = [*READ, OPTIONS, *extra_fields.field_names(self._partners)]
        names += [TAGS_FIELD] if self.carried.tags else []
        names += self.carried.further
        ids = [partner.id for (partner,) in work]
        partners = self._partners.search_fetch([("id", "in", ids)], names)
        tokens = self.change_tokens(partners.ids)
        slot_of = slots(self._account, partners)
        further: addresses.Addresses = {}
        if self.carried.addresses:
            further = addresses.of_people(self.env, partners.ids)
        found = {
            partner.id: to_local(
                partner,
                tokens[partner.id],
                _modified(partner, further),
                slot_of[partner.id],
                self.carried,
                further,
            )
            for partner in partners
        }
        return [found.get(one) for one in ids]

    @functools.cached_property
    def may_create(self) -> bool:
        """See the port."""
        return bool(self._partners.has_access("create"))

    def candidates(self, keys: Sequence[str]) -> list[Candidate]:
        """See the port: two queries for all keys."""
        ids = match_keys.partners_with(self.env, keys)
        reference_data = self.reference_data()

        def read(work: list[tuple[BaseModel]]) -> list[Candidate | None]:
            some = [partner.id for (partner,) in work]
            seen = match_keys.candidates(self.env, some, reference_data)
            found = {one.id: one for one in seen}
            return [found.get(one) for one in some]

        def instead(partner: int, _problem: ContactError) -> Candidate | None:
            return unreadable.candidate(self.env, partner, reference_data)

        return list(self._read(ids, read, instead).values())

    def exportable(self, limit: int, skip: Iterable[int]) -> list[int]:
        """See the port."""
        unlinked = self._unlinked() & Domain("id", "not in", list(skip))
        wanted = self._wanted() & unlinked
        return list(self._partners.search(wanted, order="id", limit=limit).ids)

    def backlog(self) -> int:
        """Return how many partners to export have no link yet."""
        return int(self._partners.search_count(self._wanted() & self._unlinked()))

    def _wanted(self) -> Domain:
        wanted = self._scope if self._account._exports() else Domain.FALSE
        if self.requested:
            asked = Domain("id", "in", list(self.requested))
            wanted |= export_scope.can_be_exported(self._account) & asked
        return wanted

    def _unlinked(self) -> Domain:
        self.env["exchange.contact.link"].flush_model()
        linked = SQL(
            "SELECT partner_id FROM exchange_contact_link"
            " WHERE account_id = %s AND partner_id IS NOT NULL",
            self._account.id,
        )
        return Domain("id", "not in", linked)

    def dirty_links(
        self, left: Collection[int], skip: Iterable[int], limit: int
    ) -> list[int]:
        """See :func:`change_tokens.dirty_links`."""
        return dirty_links(self._account, left, skip, limit, self.carried)

    @functools.cached_property
    def requested(self) -> frozenset[int]:
        """See the port."""
        return frozenset(self._account.sudo().requested_ids._ids)

    def in_scope(self, ids: Collection[int]) -> set[int]:
        """See the port.

        If everything is exported, each accessible partner stays in the export choice: a
        person who became a company is not removed from the mailbox. The same applies as
        long as the result of a saved filter is unknown.
        """
        if self._exports_all or self.choice.unusable:
            return self.accessible(ids)
        return self.chosen(ids)

    def chosen(self, ids: Collection[int]) -> set[int]:
        """Return the partners that belong to the export choice now."""
        if self._exports_all:
            return self.accessible(ids)
        chosen = Domain("id", "in", list(ids)) & self._scope
        return set(self._partners.search(chosen, order="id").ids)

    def accessible(self, ids: Collection[int]) -> set[int]:
        """Return the partners that the owner can see."""
        return set(self._partners.search([("id", "in", list(ids))], order="id").ids)

    def create(
        self, drafts: Sequence[Mapping[str, str]]
    ) -> list[Written | ContactError]:
        """See the port: all at once, or one by one if one of them is refused."""
        if may_not(self.env, "create"):
            return [MayNotWrite() for _draft in drafts]
        return self.process_batch(self._create_all, list(drafts))

    def _create_all(self, drafts: Sequence[Mapping[str, str]]) -> list[Written]:
        vals = self._vals(drafts, [None] * len(drafts))
        vals = [{**one, "type": "contact"} for one in vals]
        partners = new_partners(self._partners, vals)
        for partner, one in zip(partners.ids, vals, strict=True):
            if one.get("is_company"):
                self._companies.add(partner, one["name"])
        filled = [{k: text for k, text in one.items() if text} for one in drafts]
        return self._written(list(zip(partners.ids, filled, strict=True)), {})

    def update(
        self, changes: Sequence[tuple[int, Mapping[str, str]]]
    ) -> list[Written | ContactError]:
        """See the port: one recordset, so that all are prefetched together."""
        if may_not(self.env, "write"):
            return [MayNotWrite() for _change in changes]
        partners = self._partners.browse([partner for partner, _values in changes])
        values = [values for _id, values in changes]
        return self.process_batch(
            self._update_all, list(zip(partners, values, strict=True))
        )

    def _update_all(
        self, work: Sequence[tuple[BaseModel, Mapping[str, str]]]
    ) -> list[Written]:
        partners = [partner for partner, _values in work]
        for partner, values in work:
            rename_company_and_tags(partner, values)
        vals = self._vals([values for _partner, values in work], partners)
        for partner, one in zip(partners, vals, strict=True):
            if one:  # otherwise only another address changes, not the person
                partner.write(one)
        return self._written([(partner.id, values) for partner, values in work])

    def _vals(
        self, changes: Sequence[Mapping[str, str]], partners: Sequence[BaseModel | None]
    ) -> list[dict[str, Any]]:
        """Return the values to write, and create the missing tags and companies."""
        if self._creates_companies:
            self._companies.create_missing(
                one["company"] for one in changes if "company" in one
            )
        tagged = [values[TAGS] for values in changes if TAGS in values]
        tags = self._tags if tagged else None
        if tags:
            tags.create_missing(tagged)
        return [
            to_vals(
                values,
                self._places,
                self._companies,
                tags,
                partner or self._partners,
                self.carried.further,
            )
            for values, partner in zip(changes, partners, strict=True)
        ]

    def set_active(
        self, ids: Sequence[int], active: bool
    ) -> list[Written | ContactError]:
        """See the port."""
        work = [(partner, active) for partner in self._partners.browse(ids)]
        operation, forget = self._set_active_all, self.forget_read
        return process_batch(self.env, operation, work, forget, archiving_error)

    def _set_active_all(self, work: Sequence[tuple[BaseModel, bool]]) -> list[Written]:
        for partner, active in work:
            partner.write({"active": active})
        return self._written([(partner.id, {}) for partner, _active in work])

    def _written(
        self,
        changes: Sequence[tuple[int, Mapping[str, str]]],
        further: addresses.Addresses | None = None,
    ) -> list[Written]:
        """Write home and other addresses once the partners exist, and return the
        results.

        :param further: the partners' addresses, if they are known
        """
        if self.carried.addresses:
            addresses.write(self.env, changes, self._places, further)
        tokens = self.change_tokens([partner for partner, _values in changes])
        partners = self._partners.browse([partner for partner, _values in changes])
        return [
            Written(
                partner.id, tokens[partner.id], became(partner, values, self.carried)
            )
            for partner, (_id, values) in zip(partners, changes, strict=True)
        ]

    def change_tokens(self, ids: Sequence[int]) -> dict[int, str]:
        """See :func:`change_tokens.change_tokens`."""
        return change_tokens(self.env, ids, self.carried)

    def process_batch(
        self, operation: Callable[[list[W]], Sequence[A]], work: list[W]
    ) -> list[A | ContactError]:
        """See ``refusals.process_batch``."""
        return process_batch(self.env, operation, work, self.forget_read)


def _modified(partner: BaseModel, further_addresses: addresses.Addresses) -> datetime:
    """Return when the values of a contact were last written, ignoring other fields of
    the same record (``use_cases/partner_content.py``).

    The result is rounded down to seconds, like the times of a mailbox: within the same
    second, neither side is newer. The mailbox's time is that of any write to an item
    (LastModifiedTime); the server does not say what was written.
    """
    people = (partner, *addresses.of_person(partner.id, further_addresses))
    moments = [_content_date(one) for one in people]
    moments += [option.write_date for option in partner[OPTIONS]]
    latest: datetime = max(moments)
    return latest.replace(microsecond=0, tzinfo=timezone.utc)


def _content_date(partner: BaseModel) -> datetime:
    written: datetime = partner.write_date
    known: datetime | None = partner.exchange_content_date or None
    return min(known, written) if known else written


if TYPE_CHECKING:
    _port: type[PartnerStore] = PartnerGateway
