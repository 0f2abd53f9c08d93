# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The corpus in one mailbox, Odoo between, and another mailbox that was empty."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from odoo.addons.exchange_contact_sync.core.emails import addresses, canonical_email
from odoo.addons.exchange_contact_sync.core.fields import FIELDS
from odoo.addons.exchange_contact_sync.core.multi_value import may_go_out
from odoo.addons.exchange_contact_sync.core.names import full_name
from odoo.addons.exchange_contact_sync.core.normalize import canonical, members
from odoo.addons.exchange_contact_sync.partner.places import Places

from exchange_server.properties.names import display_name
from exchange_server.store.item import Item
from support.cases.sync_case import PASSWORD, SyncCase
from support.corpus import CONTACTS
from support.corpus.mailbox import read, stored
from support.corpus.rows import MORE, PLACES

THERE = "there@example.com"
NOTHING_TO_TELL = ("create", "link")
NO_PLACE = ("no_place", "email2")
NO_TEXT = re.compile("<button.*?</button>|[\x80-\x84\x86-\x9f]")
MOVE_UP = (("email2", "email3"), ("im1", "im2", "im3"))
FURTHER_EMAILS = 2
"""Places of Exchange beside the first e-mail."""
Rows = dict[str, str]


def country(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo has countries as records: a text that names none stays where it is."""
    for place in PLACES:
        if not case.words.country(rows.get(f"{place}_country", "")):
            rows.pop(f"{place}_country", None)


def state(rows: Rows, case: CorpusCase, partner) -> None:
    """It has states as records too, each within its country."""
    for place in PLACES:
        within = rows.get(f"{place}_country", "")
        if not case.words.state(rows.get(f"{place}_state", ""), within):
            rows.pop(f"{place}_state", None)


def name(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo's contacts have a name: what one without is called there is its name in
    other mailboxes, though not in its own."""
    rows["name"] = rows["name"] or partner.name


def emails(rows: Rows, case: CorpusCase, partner) -> None:
    """Each address is sent bare, to a place of its own. A text without one stays."""
    first, *further = bare_emails(
        rows.get("email", ""), [rows.get(key, "") for key in MOVE_UP[0]]
    )
    rows.update(dict.fromkeys(("email", *MOVE_UP[0]), ""))
    rows.update(zip(("email", *MOVE_UP[0]), (first, *further), strict=False))


def bare_emails(field: str, others: Iterable[str]) -> list[str]:
    """:returns: the first address of a field, or "" if it is blank, then the further
    ones, as many as there are places
    """
    first, *rest = addresses(field) or [field]
    further = [one for text in others if text for one in addresses(text) or [text]]
    return [first, *[*rest, *further][:FURTHER_EMAILS]]


def places(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo keeps the order of further addresses, not the places they had: in another
    mailbox they have the first ones."""
    for keys in MOVE_UP:
        texts = [rows.pop(key) for key in keys if key in rows]
        rows.update(zip(keys, texts, strict=False))


def note(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo leaves out of notes what acts, and what nobody sees."""
    if "note" in rows:
        rows["note"] = NO_TEXT.sub("", rows["note"])


def tags(rows: Rows, case: CorpusCase, partner) -> None:
    """Outlook takes categories apart at a comma or a semicolon, and cuts long ones."""
    if "categories" in rows:
        names = members(rows["categories"]).values()
        rows["categories"] = "\n".join(filter(may_go_out, names))


CANNOT_GO = (state, country, name, places, emails, note, tags)
"""All that is not the same in the other mailbox, and why. An address within Exchange is
not among it: the SMTP address that belongs to it is what goes, and without one it is of
no use anywhere else."""


class CorpusCase(SyncCase):
    """After the trip from the one mailbox through Odoo to the other."""

    def setUp(self):
        super().setUp()
        self.needed = set()
        self.there = self.exchange.add_mailbox(THERE, PASSWORD, "There")
        self.second = self.connect(
            self.owner, email=THERE, username=THERE, export_companies=True
        )
        self.companies = self.env["res.partner"].create(
            [
                {"name": "Settled Ltd", "is_company": True, "street": "99 Main Street"},
                {"name": "Twice, Inc", "is_company": True, "city": "Springfield"},
                {"name": "TWICE INC", "is_company": True},
            ]
        )
        self.companies |= self.env.company.partner_id
        self.cases = {
            self.mailbox.add_contact(self.contacts_folder, stored(case)).id: case
            for case in CONTACTS
        }
        rows = self.partner_rows()
        self.smooth(self.account)
        self.smooth(self.second)
        self.assertFalse(self.changed_partners(rows) & self.companies)

    def smooth(self, account=None) -> None:
        """A synchronization in which there is nothing to tell but who is new, and
        which addresses are more than there are places."""
        run = self.sync(account)
        told = run.line_ids.filtered(
            lambda line: (
                line.action not in NOTHING_TO_TELL
                and line.error_code != "no_category"
                and line.partner_id not in self.companies
                and (line.error_code, line.field_name) != NO_PLACE
            )
        )
        self.assertEqual(told.mapped(lambda line: (line.action, line.name)), [])

    @functools.cached_property
    def words(self):
        return Places(self.env).reference_data

    def pairs(self) -> list[tuple[Item, object, Item]]:
        """Each contact of the corpus, its partner, and what the other mailbox has."""
        theirs = self.second.link_ids.grouped("partner_id")
        found = []
        for link in self.account.link_ids:
            if link.remote_id in self.cases:
                (there,) = theirs[link.partner_id]
                here = self.mailbox.item(link.remote_id)
                item = self.there.item(there.remote_id)
                found.append((here, link.partner_id, item))
        return found

    def rows(self, item: Item) -> dict[str, str]:
        """What a mailbox says of a contact, as clients see it."""
        values = {**read(item.values), "display_name": display_name(item) or ""}
        return {**values, "name": full_name(values, {})}

    def canonical(self, rows: Mapping[str, str]) -> dict[str, str]:
        return {key: canonical(key, rows, self.words) for key in FIELDS}

    def expected(self, item: Item, partner) -> dict[str, str]:
        """What another mailbox is to have, in canonical form."""
        rows = self.rows(item)
        for rule in CANNOT_GO:
            before = dict(rows)
            rule(rows, self, partner)
            if rows != before:
                self.needed.add(rule)
        return self.canonical(rows)

    def assertSame(self, found: Mapping, wanted: Mapping) -> None:
        """:param found: Mapping of what it is about to values by row"""
        self.assertEqual(found.keys(), wanted.keys())
        different = {
            (about, row): (values[row], wanted[about][row])
            for about, values in found.items()
            for row in values
            if values[row] != wanted[about][row]
        }
        self.assertEqual(different, {})

    def of_odoo(self, partner) -> dict[str, object]:
        """What Odoo says of somebody, in canonical form."""
        kept = partner.more_from_exchange or {}
        self.assertLessEqual(kept.keys(), {*MORE, "birthday", "anniversary"})
        rows = {
            "name": partner.name,
            "company": partner.parent_id.name or partner.company_name or "",
            "job_title": partner.function or "",
            "email": partner.email or "",
            "phone_business": partner.phone or "",
            "website": partner.website or "",
            "note": str(partner.comment or ""),
            "categories": "\n".join(
                filter(may_go_out, partner.category_id.mapped("display_name"))
            ),
            **kept,
            **self._address(partner, "business"),
        }
        for child in partner.child_ids.filtered("exchange_address"):
            rows.update(self._address(child, child.exchange_address))
        options = [(one.kind, one.value) for one in partner.communication_ids]
        rows["email"], *further = bare_emails(
            rows["email"], [value for kind, value in options if kind == "email"]
        )
        options = [one for one in options if one[0] != "email"]
        options += [("email", canonical_email(one)) for one in further]
        return {**self.canonical(rows), "options": sorted(options)}

    def _address(self, partner, place: str) -> dict[str, str]:
        self.assertIn(place, PLACES)
        return {
            f"{place}_street": f"{partner.street or ''}\n{partner.street2 or ''}",
            f"{place}_city": partner.city or "",
            f"{place}_zip": partner.zip or "",
            f"{place}_state": partner.state_id.name or "",
            f"{place}_country": partner.country_id.name or "",
        }
