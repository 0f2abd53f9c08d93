# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's partners in memory: the engine's ``PartnerStore`` with the owner's rights and
Odoo's conversion of values, and methods for the edits of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from exchange_contact_sync.core.contact import Contact
from exchange_contact_sync.core.errors import (
    ContactError,
    ContactForbidden,
    ContactInvalid,
)
from exchange_contact_sync.core.evidence import evidence_of
from exchange_contact_sync.core.fields import IS_COMPANY, LISTS, MAIN_PHONE
from exchange_contact_sync.core.matching import Candidate
from exchange_contact_sync.core.normalize import clean, line, members
from exchange_contact_sync.core.partner import LocalContact, Written
from exchange_contact_sync.core.reference_data import ReferenceData

from .database import Database

CARRIES = frozenset(
    f"name company job_title email {MAIN_PHONE} website note business_street"
    " business_city business_state business_zip business_country categories"
    " nickname initials birthday".split()
).union(LISTS)
COUNTRIES = {"DE": "Germany", "FR": "France", "US": "United States"}
STATES = {("DE", "BY"): "Bavaria", ("DE", "BE"): "Berlin", ("US", "NY"): "New York"}
REFERENCE_DATA = ReferenceData(
    {
        text: code
        for code, name in COUNTRIES.items()
        for text in (code.lower(), name.lower())
    },
    {
        (country, text): code
        for (country, code), name in STATES.items()
        for text in (code.lower(), name.lower())
    },
)


@dataclass(frozen=True)
class Partner:
    """A row of ``res.partner``.

    :param values: by row of ``core.fields``
    :param chosen: whether it belongs to the export choice
    :param hidden: whether the owner may not see it
    :param locked: whether the owner may see it, but not write it
    :param company: whether it is a company
    :param picture: as Odoo stores it; b"" for none
    :param picture_changed: the time when the picture was last changed
    """

    id: int
    values: Contact
    modified: datetime
    change_token: str
    active: bool = True
    chosen: bool = True
    hidden: bool = False
    locked: bool = False
    company: bool = False
    picture: bytes = b""
    picture_changed: datetime | None = None


class FakePartnerStore:
    """The partners of one owner.

    :param database: Database
    :param now: function that returns the time of a change
    :ivar refused: names that Odoo refuses to write for any reason
    :ivar refuses: function that returns whether Odoo refuses a row with a text
    :ivar stored_reference_data: countries, states and tags of this Odoo
    :ivar may_create: see ``PartnerStore``
    :ivar carries: see ``PartnerStore``
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._db = database
        self._now = now
        self.refused: set[str] = set()
        self.refuses: Callable[[str, str], bool] = lambda _key, _text: False
        self.stored_reference_data = REFERENCE_DATA
        self.carries = CARRIES
        self.requested: frozenset[int] = frozenset()
        self.may_create = True

    @property
    def rows(self) -> dict[int, Partner]:
        """Return all partners, including hidden and archived ones."""
        return self._db.rows("partner")

    # Methods of the port

    def reference_data(self) -> ReferenceData:
        """See ``PartnerStore``."""
        return self.stored_reference_data

    def fetch(self, ids: Sequence[int]) -> dict[int, LocalContact]:
        """See ``PartnerStore``."""
        hidden = CARRIES - self.carries
        return {
            i: _local(replace(row, values=row.values.without(*hidden)))
            for i, row in self._visible().items()
            if i in set(ids)
        }

    def candidates(self, keys: Sequence[str]) -> list[Candidate]:
        """See ``PartnerStore``."""
        wanted = set(keys)
        everybody = [
            Candidate(
                row.id,
                evidence_of(_values(row), self.stored_reference_data),
                row.active,
            )
            for row in self._visible().values()
        ]
        return [one for one in everybody if one.evidence.keys() & wanted]

    def exportable(self, limit: int, skip: Iterable[int]) -> list[int]:
        """See ``PartnerStore``."""
        linked = {link.partner for link in self._db.rows("link").values()}
        left_out = linked | set(skip)
        asked = self.requested
        rows = self._visible().items()
        free = [i for i, row in rows if _in_choice(row) or i in asked and row.active]
        return sorted(i for i in free if i not in left_out)[:limit]

    def in_scope(self, ids: Sequence[int]) -> set[int]:
        """See ``PartnerStore``."""
        visible = self._visible()
        return {i for i in ids if i in visible and _in_choice(visible[i])}

    def create(
        self, drafts: Sequence[Mapping[str, str]]
    ) -> list[Written | ContactError]:
        """See ``PartnerStore``."""
        return [self._create(draft) for draft in drafts]

    def update(
        self, changes: Sequence[tuple[int, Mapping[str, str]]]
    ) -> list[Written | ContactError]:
        """See ``PartnerStore``."""
        return [self._update(partner, values) for partner, values in changes]

    def set_active(
        self, ids: Sequence[int], active: bool
    ) -> list[Written | ContactError]:
        """See ``PartnerStore``."""
        return [self._refusal(i) or self._write(i, active=active) for i in ids]

    # Actions of people

    def add(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        """Create a partner manually.

        :return: its id
        """
        return self._db.by_somebody_else(lambda: self._insert(values, chosen=chosen))

    def edit(self, partner: int, values: Mapping[str, str]) -> None:
        """Change a partner manually."""
        self._db.by_somebody_else(lambda: self._set(partner, values))

    def mark(self, partner: int, **marks: bool) -> None:
        """Archive a partner (``active``), or change the owner's rights on it."""
        self._db.by_somebody_else(lambda: self._write(partner, **marks))

    def delete(self, partner: int) -> None:
        """Delete a partner, which is removed from its links, as by the foreign key."""

        def cascade() -> None:
            self._db.remove("partner", partner)
            for link in self._db.rows("link").values():
                if link.partner == partner:
                    self._db.set("link", link.id, replace(link, partner=0))

        self._db.by_somebody_else(cascade)

    def _visible(self) -> dict[int, Partner]:
        return {i: row for i, row in self.rows.items() if not row.hidden}

    def _create(self, draft: Mapping[str, str]) -> Written | ContactError:
        if not self.may_create:
            return ContactForbidden("not allowed")
        if not draft.get("name") or draft["name"] in self.refused:
            return ContactInvalid("refused")
        if self._has_bad(draft):
            return ContactInvalid("a bad value")
        partner = self._insert(draft)
        row = self.rows[partner]
        return Written(partner, row.change_token, became(draft, row.values))

    def _insert(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        new = self._db.next_id()
        company = bool(values.get(IS_COMPANY))
        values = {key: text for key, text in values.items() if key != IS_COMPANY}
        contact = Contact({**dict.fromkeys(CARRIES, ""), **kept(values, {})})
        row = Partner(new, contact, self._now(), "", chosen=chosen, company=company)
        self._db.set(
            "partner", new, replace(row, change_token=f"s{self._db.next_id()}")
        )
        return new

    def _update(
        self, partner: int, values: Mapping[str, str]
    ) -> Written | ContactError:
        refusal = self._refusal(partner)
        if not refusal and self._has_bad(values):
            refusal = ContactInvalid("a bad value")
        return refusal or self._set(partner, values)

    def _has_bad(self, values: Mapping[str, str]) -> bool:
        texts = ((key, one) for key, text in values.items() for one in text.split("\n"))
        return any(self.refuses(key, one) for key, one in texts if one)

    def _refusal(self, partner: int) -> ContactError | None:
        row = self._visible().get(partner)
        if not row or row.locked:
            return ContactForbidden("not yours")
        return ContactInvalid() if row.values["name"] in self.refused else None

    def _set(self, partner: int, values: Mapping[str, str]) -> Written:
        if not values.get("name", "a contact has a name"):
            values = {key: text for key, text in values.items() if key != "name"}
        old = self.rows[partner].values
        new = old.with_values(kept(values, old))
        return replace(self._write(partner, values=new), became=became(values, new))

    def _write(self, partner: int, **changes: object) -> Written:
        change_token = f"s{self._db.next_id()}"
        row = replace(
            self.rows[partner],
            modified=self._now(),
            change_token=change_token,
            **changes,
        )
        self._db.set("partner", partner, row)
        return Written(partner, change_token)


def _local(row: Partner) -> LocalContact:
    number = row.values[MAIN_PHONE]
    slot = "phone_mobile" if number.startswith("+49 17") else "phone_business"
    return LocalContact(
        row.id, _values(row), row.modified, row.change_token, row.active, slot
    )


def _values(row: Partner) -> Contact:
    return row.values.with_values({IS_COMPANY: "yes" if row.company else ""})


def _in_choice(row: Partner) -> bool:
    return row.active and row.chosen


def kept(values: Mapping[str, str], old: Mapping[str, str]) -> dict[str, str]:
    """Return values as Odoo stores them: a website gets a scheme, a note gets markup,
    and a state or country is a record or blank.
    """
    unknown = values.keys() - CARRIES
    assert not unknown, f"partners have no place for {unknown}"
    kept = {k: clean(v) if k == "note" else _lines(v) for k, v in values.items()}
    for key in LISTS.keys() & values.keys():
        texts = (line(text) for text in values[key].split("\n"))
        kept[key] = "\n".join(text for text in texts if text)
    if kept.get("website") and "://" not in kept["website"]:
        kept["website"] = f"http://{kept['website']}"
    if kept.get("note") and not kept["note"].startswith("<"):
        kept["note"] = f"<p>{kept['note']}</p>"
    if "categories" in kept:
        kept["categories"] = "\n".join(members(values["categories"]).values())
    if "business_country" in kept:
        code = REFERENCE_DATA.country(kept["business_country"])
        kept["business_country"] = COUNTRIES.get(code, "")
    if "business_state" in kept:
        land = values.get("business_country", old.get("business_country", ""))
        state = (
            REFERENCE_DATA.country(land),
            REFERENCE_DATA.state(kept["business_state"], land),
        )
        kept["business_state"] = STATES.get(state, "")
    return kept


def became(wanted: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return the values that Odoo stored differently from what was written."""
    return {
        key: values[key]
        for key, text in wanted.items()
        if key in values and line(values[key]) != line(text)
    }


def _lines(text: str) -> str:
    """Return at most two lines, as in ``street`` and ``street2``."""
    first, *more = [line(part) for part in text.split("\n") if line(part)] or [""]
    return "\n".join([first, ", ".join(more)]).strip()
