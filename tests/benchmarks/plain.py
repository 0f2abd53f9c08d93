# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the first import is compared with: download everything, create everything.

No links, no bases, no matching, no history: what a script would do that is run once.
It uses the same fast reading of the mail server, the same rights and the fastest
``create`` there is, in batches of the size that suits Odoo, each committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .cost import Cost, measured, peak_memory
from .mail_server import Control, Site
from .stage import FAST, connected_account

if TYPE_CHECKING:
    from odoo.models import BaseModel

BATCH = 500
NAME = "plain download and create"


def plain_import(database: str, site: Site) -> tuple[Cost, float]:
    """Download and create all contacts.

    :param database: name of a fresh one
    :param site: of the mail server
    :returns: what it cost, and the most memory it took, in MB
    """
    with connected_account(database, site) as account:
        from odoo.addons.exchange_contact_sync.use_cases import wiring

        with wiring.connected(account) as remote:
            folders = [folder.id for folder in remote.folders()]
            with measured(NAME, Control(site), account.env.cr) as cost:
                cost.contacts = _import(account, remote, folders)
    return cost, peak_memory()


def _import(account: BaseModel, remote: object, folders: list[str]) -> int:
    from odoo.addons.exchange_contact_sync.partner import addresses
    from odoo.addons.exchange_contact_sync.partner.lookups import Companies
    from odoo.addons.exchange_contact_sync.partner.mapping import to_vals
    from odoo.addons.exchange_contact_sync.partner.places import Places
    from odoo.addons.exchange_contact_sync.partner.tags import Tags

    env = account.with_context(**FAST).env
    places, companies = Places(env), Companies(env)
    count = 0
    for contacts in _batches(remote, folders):
        drafts = [_draft(contact) for contact in contacts]
        tags = Tags(env)
        tags.make(draft["categories"] for draft in drafts)
        vals = [
            to_vals(draft, places, companies, tags, env["res.partner"])
            for draft in drafts
        ]
        partners = env["res.partner"].create(vals)
        addresses.write(env, list(zip(partners.ids, drafts, strict=True)), places)
        count += len(partners)
        env.cr.commit()
        env.invalidate_all()
    return count


def _batches(remote: object, folders: list[str]) -> Iterator[list]:
    for folder in folders:
        state, complete = "", False
        known = {}
        while not complete:
            page = remote.changes(folder, state)
            # Graph may name a contact several times.
            known.update((ref.id, ref) for ref in page.changed)
            state, complete = page.state, page.complete
        refs = list(known.values())
        for start in range(0, len(refs), BATCH):
            yield [found.contact for found in remote.fetch(refs[start : start + BATCH])]


def _draft(contact: dict[str, str]) -> dict[str, str]:
    from odoo.addons.exchange_contact_sync.core.fields import FIELDS, LISTS, PHONE_KEYS

    draft = {key: text for key, text in contact.items() if key in FIELDS}
    draft["name"] = contact["display_name"]
    slot = next((key for key in PHONE_KEYS if contact[key]), "")
    draft["phone"] = contact.get(slot, "")
    for name, rows in LISTS.items():
        further = [contact[row] for row in rows if contact[row] and row != slot]
        if further:
            draft[name] = "\n".join(further)
    return draft
