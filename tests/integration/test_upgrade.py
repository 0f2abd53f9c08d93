# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Upgrades from versions that carried less of a contact."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path

from odoo.modules import get_module_path

from odoo.addons.exchange_contact_sync.partner.carried import Carried
from odoo.addons.exchange_contact_sync.partner.changes import stamps

from integration.sync_case import SyncCase

SCRIPT = Path("migrations", "19.0.1.1.0", "post-migrate.py")
EVERYTHING = Carried(tags=True, addresses=True)
EMAIL2 = "contacts:EmailAddress:EmailAddress2"
OLD_ROWS = "name company job_title email website note phone_business categories".split()


class TestUpgrade(SyncCase):
    def setUp(self):
        super().setUp()
        self.item = self.add(
            given="Ida",
            surname="Lund",
            name="Ida Lund",
            business="+49 30 1",
            home="+49 30 2",
            **{
                EMAIL2: "two@example.com",
                "contacts:Nickname": "Idchen",
                "contacts:Birthday": date(1980, 3, 5),
            },
        )
        self.sync()
        self.ida = self.partner("Ida Lund")
        self.as_before()

    def as_before(self):
        """What the version before kept: fewer rows, and other numbers aside."""
        self.ida.communication_ids.unlink()
        self.ida.more_from_exchange = False
        link = self.ida.exchange_link_ids.sudo()
        base = link.base
        values = {k: v for k, v in base["values"].items() if k in OLD_ROWS}
        aside = {**base["remembered"], "phone_home": "+49 30 2"}
        base = {**base, "values": values, "remembered": aside}
        self.env.flush_all()
        # As if nobody had touched the partner since.
        [stamp] = stamps(self.env, self.ida.ids, EVERYTHING).values()
        self.env.cr.execute(
            "UPDATE exchange_contact_link SET base = %s, partner_stamp = %s"
            " WHERE id = %s",
            [json.dumps(base), stamp, link.id],
        )
        self.env.invalidate_all()
        self.sync()
        self.assertFalse(self.ida.exchange_nickname, "not of itself")

    def upgrade(self):
        path = Path(get_module_path("exchange_contact_sync"), SCRIPT)
        spec = importlib.util.spec_from_file_location("post_migrate", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_what_only_exchange_had_comes_in(self):
        self.upgrade()
        self.server.counters.reset()
        self.sync()
        self.assertEqual(self.server.counters.writes, 0)
        self.assertPartner(
            self.ida, exchange_nickname="Idchen", exchange_birthday=date(1980, 3, 5)
        )
        options = [(one.kind, one.value) for one in self.ida.communication_ids]
        self.assertCountEqual(
            options, [("email", "two@example.com"), ("phone_home", "+49 30 2")]
        )
        self.assertIdle()

    def test_what_was_entered_in_both_survives(self):
        self.upgrade()
        self.ida.exchange_department = "North"
        self.sync()
        self.assertItem(self.item, **{"contacts:Department": "North"})
        self.assertItem(self.item, **{"contacts:Nickname": "Idchen"})
        self.assertIdle()
