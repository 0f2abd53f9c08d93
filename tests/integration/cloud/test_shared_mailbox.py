# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two users synchronize one mailbox, each over another protocol."""

from __future__ import annotations

from odoo.tests import new_test_user

from support import in_the_cloud
from support.cases.cloud_case import BothProtocolsCase
from support.cases.sync_case import OWNER_GROUPS, PASSWORD

COLLEAGUE = "bea@example.com"


class TestSharedMailbox(BothProtocolsCase):
    """Anna's mailbox over EWS; it is shared with Bea, who uses Graph."""

    def setUp(self):
        super().setUp()
        self.bea = new_test_user(self.env, COLLEAGUE, OWNER_GROUPS)
        self.exchange.add_mailbox(COLLEAGUE, PASSWORD, "Bea")
        self.mailbox.share_with(COLLEAGUE)
        cloud = in_the_cloud.graph_provider(self.env, self.server)
        vals = {"provider_id": cloud.id, "email": self.owner.login}
        vals |= {"export_contacts": True, "auto_sync": False}
        accounts = self.env["exchange.account"].with_user(self.bea)
        self.hers = accounts.create(vals)
        in_the_cloud.sign_in(self.hers, self.server, COLLEAGUE)
        self.assertEqual(self.hers.state, "connected", self.hers.message)

    def sync_both(self):
        """Synchronize both accounts until nothing is left to do."""
        for _round in range(2):
            self.sync(self.account)
            self.sync(self.hers)

    def test_each_person_is_one_contact_and_one_partner(self):
        ada = self.add(name="Ada Lovelace", job="Countess")
        own = self.new_partner("Charles Babbage")
        self.sync_both()
        self.assertEqual(len(self.partner("Ada Lovelace")), 1)
        self.in_mailbox("Charles Babbage")
        self.assertIdle(self.account)
        self.assertIdle(self.hers)
        own.function = "Engineer"
        self.edit(ada, job="Mathematician")
        self.sync_both()
        self.assertItem(self.in_mailbox("Charles Babbage"), job="Engineer")
        self.assertPartner(self.partner("Ada Lovelace"), function="Mathematician")
        self.assertIdle(self.account)
        self.assertIdle(self.hers)
