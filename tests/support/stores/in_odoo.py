# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stores of a real Odoo, in one transaction that is rolled back at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import get_db_name, new_test_user

from odoo.addons.exchange_contact_sync.core.link import Link
from odoo.addons.exchange_contact_sync.core.mailbox import Entry
from odoo.addons.exchange_contact_sync.core.run import Line
from odoo.addons.exchange_contact_sync.core.user_requests import UserRequest
from odoo.addons.exchange_contact_sync.partner.gateway import PartnerGateway
from odoo.addons.exchange_contact_sync.partner.photos import OdooPictures
from odoo.addons.exchange_contact_sync.storage.behavior import OdooBehaviorStore
from odoo.addons.exchange_contact_sync.storage.inbox import OdooInbox
from odoo.addons.exchange_contact_sync.storage.links import OdooLinkStore
from odoo.addons.exchange_contact_sync.storage.progress import MESSAGE, OdooProgress
from odoo.addons.exchange_contact_sync.storage.run_log import COUNTERS, OdooRunLog
from odoo.addons.exchange_contact_sync.use_cases.wiring import as_owner

from support import odoo_settings  # noqa: F401

from .world import FOLDER, OTHER_FOLDER

OWNER, GROUPS = "olga@example.com", "base.group_user,base.group_partner_manager"
COLUMNS = {
    "name": "name",
    "email": "email",
    "job_title": "function",
    "business_city": "city",
}
"""The models of the rows that these tests write directly."""


@contextmanager
def odoo_world() -> Iterator[OdooWorld]:
    """Create a world that is rolled back at the end."""
    with Registry(get_db_name()).cursor() as cr:
        try:
            yield OdooWorld(api.Environment(cr, SUPERUSER_ID, {}))
        finally:
            cr.rollback()


class OdooWorld:
    """See ``world.StoresWorld``."""

    def __init__(self, env: api.Environment) -> None:
        self._env = env
        owner = new_test_user(env, OWNER, GROUPS)
        self._tag = env["res.partner.category"].create({"name": "Chosen"})
        self._elsewhere = env["res.company"].create({"name": "Another company"})
        provider = env["exchange.provider"].create(
            {"name": "Company mail", "server_url": "http://127.0.0.1:9/ews"}
        )
        account = (
            env["exchange.account"]
            .with_user(owner)
            .create(
                {
                    "provider_id": provider.id,
                    "email": OWNER,
                    "password": "correct horse",
                    "export_contacts": True,
                    "export_scope": "selected",
                    "export_groups": True,
                    "export_category_ids": self._tag.ids,
                    "sync_categories": False,
                }
            )
        )
        account.sudo().write(
            {"state": "connected", "connected_since": fields.Datetime.now()}
        )
        env["exchange.folder"].create(
            [
                {"account_id": account.id, "name": name, "remote_id": name}
                for name in (FOLDER, OTHER_FOLDER)
            ]
        )
        self._account = as_owner(account)
        self._run = env["exchange.sync.run"].create(
            {"account_id": account.id, "trigger": "manual"}
        )
        self.reopen()
        env["bus.bus"].search([]).unlink()

    def reopen(self) -> None:
        """See ``StoresWorld``."""
        self._env.flush_all()
        self._env.invalidate_all()
        self.partners = PartnerGateway(self._account)
        self.links = OdooLinkStore(self._account, self.partners)
        self.inbox = OdooInbox(self._account)
        self.behavior = OdooBehaviorStore(self._account, "15.2.1748.10")
        self.log = OdooRunLog(self._run)
        self.progress = OdooProgress(self._run.with_env(self._account.env), lambda: 0)
        self.pictures = OdooPictures(self.partners, self.links)

    def add_partner(self, values: Mapping[str, str], *, chosen: bool = True) -> int:
        """See ``StoresWorld``."""
        vals = _vals(values) | {"category_id": self._tag.ids if chosen else []}
        partner = self._env["res.partner"].create(vals)
        self._forget()
        return partner.id

    def edit_partner(self, partner: int, values: Mapping[str, str]) -> None:
        """See ``StoresWorld``."""
        self._write(partner, _vals(values))

    def archive(self, partner: int, *, active: bool = False) -> None:
        """See ``StoresWorld``."""
        self._write(partner, {"active": active})

    def delete_partner(self, partner: int) -> None:
        """See ``StoresWorld``."""
        self._env["res.partner"].browse(partner).unlink()
        self._forget()

    def hide(self, partner: int) -> None:
        """See ``StoresWorld``."""
        self._write(partner, {"company_id": self._elsewhere.id})

    def choose(self, partner: int, *, chosen: bool) -> None:
        """See ``StoresWorld``."""
        command = fields.Command.link if chosen else fields.Command.unlink
        self._write(partner, {"category_id": [command(self._tag.id)]})

    def ask(self, link: Link, request: UserRequest) -> None:
        """See ``StoresWorld``."""
        record = self._env["exchange.contact.link"].browse(link.id)
        record.write({"user_request": request.value})
        self._forget()

    def answer(self, entry: Entry, partner: int) -> None:
        """See ``StoresWorld``."""
        self._env["exchange.inbox.entry"].browse(entry.id).write(
            {
                "answer": "link" if partner else "create",
                "answered_partner_id": partner or False,
            }
        )
        self._forget()

    def change_token(self, partner: int) -> str:
        """See ``StoresWorld``."""
        return self.partners.change_tokens([partner])[partner]

    def recorded(self) -> list[Line]:
        """See ``StoresWorld``."""
        self._forget()
        return [_line(record) for record in self._run.line_ids.sorted("id")]

    def watched(self) -> set[str]:
        """See ``StoresWorld``."""
        self._env.cr.flush()  # as a commit does, which sends the messages
        messages = [json.loads(row.message) for row in self._env["bus.bus"].search([])]
        return {
            message["payload"]["live"]["step"]
            for message in messages
            if message["type"] == MESSAGE
        }

    def counted(self) -> dict[str, int]:
        """See ``StoresWorld``."""
        self._forget()
        return {name: self._run[name] for name in COUNTERS if self._run[name]}

    def _write(self, partner: int, vals: Mapping[str, Any]) -> None:
        self._env["res.partner"].browse(partner).write(vals)
        self._forget()

    def _forget(self) -> None:
        """Clear caches, so that the next transaction sees the changes of others."""
        self._env.flush_all()
        self._env.invalidate_all()
        self.links.forget_read()
        self.partners.forget_read()


def _vals(values: Mapping[str, str]) -> dict[str, Any]:
    return {COLUMNS[key]: text for key, text in values.items()}


def _line(record: Any) -> Line:
    return Line(
        record.direction,
        record.action,
        record.name or "",
        record.partner_id.id or 0,
        record.link_id.id or 0,
        record.field_name or "",
        record.old_value or "",
        record.new_value or "",
        None,
        record.remote_id or "",
        tuple(sorted(record.candidate_ids.ids)),
    )
