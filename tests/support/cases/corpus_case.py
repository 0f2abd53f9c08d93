# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Synchronize the corpus from one mailbox through Odoo to another, empty mailbox."""

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
"""The fields of Exchange for further e-mail addresses."""
Rows = dict[str, str]


def country(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo has records for countries, so other texts are not synchronized."""
    for place in PLACES:
        if not case.reference_data.country(rows.get(f"{place}_country", "")):
            rows.pop(f"{place}_country", None)


def state(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo has records for states, each within its country."""
    for place in PLACES:
        within = rows.get(f"{place}_country", "")
        if not case.reference_data.state(rows.get(f"{place}_state", ""), within):
            rows.pop(f"{place}_state", None)


def name(rows: Rows, case: CorpusCase, partner) -> None:
    """Contacts in Odoo have a name. A contact without one gets a name in Odoo, which is
    exported to other mailboxes, but not to its own."""
    rows["name"] = rows["name"] or partner.name


def emails(rows: Rows, case: CorpusCase, partner) -> None:
    """Each address is exported without a name to its own field; other text is not."""
    first, *further = bare_emails(
        rows.get("email", ""), [rows.get(key, "") for key in MOVE_UP[0]]
    )
    rows.update(dict.fromkeys(("email", *MOVE_UP[0]), ""))
    rows.update(zip(("email", *MOVE_UP[0]), (first, *further), strict=False))


def bare_emails(field: str, others: Iterable[str]) -> list[str]:
    """:returns: the first address of a field, or "" if it is blank, then as many
    further addresses as there are fields
    """
    first, *rest = addresses(field) or [field]
    further = [one for text in others if text for one in addresses(text) or [text]]
    return [first, *[*rest, *further][:FURTHER_EMAILS]]


def places(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo keeps the order of further addresses, but not their fields: another mailbox
    has them in the first fields."""
    for keys in MOVE_UP:
        texts = [rows.pop(key) for key in keys if key in rows]
        rows.update(zip(keys, texts, strict=False))


def note(rows: Rows, case: CorpusCase, partner) -> None:
    """Odoo removes scripts and invisible content from notes."""
    if "note" in rows:
        rows["note"] = NO_TEXT.sub("", rows["note"])


def tags(rows: Rows, case: CorpusCase, partner) -> None:
    """Outlook splits categories at commas and semicolons, and cuts long ones."""
    if "categories" in rows:
        names = members(rows["categories"]).values()
        rows["categories"] = "\n".join(filter(may_go_out, names))


CANNOT_GO = (state, country, name, places, emails, note, tags)
"""All differences in the other mailbox, each with its reason. Addresses within Exchange
are not listed: their SMTP address is exported, and without one they are not."""


class CorpusCase(SyncCase):
    """Compares both mailboxes and Odoo after both synchronizations."""

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
        """Synchronize, and check that the run only reports new contacts and addresses
        for which there is no free field."""
        run = self.sync(account)
        errors = run.line_ids.filtered(
            lambda line: (
                line.action not in NOTHING_TO_TELL
                and line.error_code != "no_category"
                and line.partner_id not in self.companies
                and (line.error_code, line.field_name) != NO_PLACE
            )
        )
        self.assertEqual(errors.mapped(lambda line: (line.action, line.name)), [])

    @functools.cached_property
    def reference_data(self):
        return Places(self.env).reference_data

    def pairs(self) -> list[tuple[Item, object, Item]]:
        """Yield each contact of the corpus with its partner and the other mailbox's
        contact."""
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
        """Return the values of a contact as clients of the mailbox see them."""
        values = {**read(item.values), "display_name": display_name(item) or ""}
        return {**values, "name": full_name(values, {})}

    def canonical(self, rows: Mapping[str, str]) -> dict[str, str]:
        return {key: canonical(key, rows, self.reference_data) for key in FIELDS}

    def expected(self, item: Item, partner) -> dict[str, str]:
        """Return the values that the other mailbox must have, in canonical form."""
        rows = self.rows(item)
        for rule in CANNOT_GO:
            before = dict(rows)
            rule(rows, self, partner)
            if rows != before:
                self.needed.add(rule)
        return self.canonical(rows)

    def assertSame(self, found: Mapping, wanted: Mapping) -> None:
        """:param found: Mapping of the description of a contact to its values by row"""
        self.assertEqual(found.keys(), wanted.keys())
        different = {
            (about, row): (values[row], wanted[about][row])
            for about, values in found.items()
            for row in values
            if values[row] != wanted[about][row]
        }
        self.maxDiff = None
        self.assertEqual(different, {})

    def of_odoo(self, partner) -> dict[str, object]:
        """Return the values of a partner in canonical form."""
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
