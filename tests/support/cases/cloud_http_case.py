# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user with a browser between Odoo's HTTP server and the simulator's sign-in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

from odoo.tests import new_test_user

from exchange_server import Exchange, ExchangeServer
from support import in_the_cloud
from support.cases.cloud_case import graph_types
from support.cases.odoo_case import OdooHttpCase
from support.cases.sync_case import OWNER_GROUPS, schemas
from support.microsoft import ANSWER, Microsoft

ADDRESS, PASSWORD = "anna@example.com", "correct horse"
COLLEAGUE = "bea@example.com"


class CloudHttpCase(OdooHttpCase):
    """Anna and Bea, logged in to Odoo as Anna, and their mailboxes in the cloud."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.anna = new_test_user(cls.env, ADDRESS, OWNER_GROUPS)
        cls.bea = new_test_user(cls.env, COLLEAGUE, OWNER_GROUPS)

    def setUp(self) -> None:
        super().setUp()
        self.exchange = Exchange(schemas=schemas(), graph_types=graph_types())
        self.mailbox = self.exchange.add_mailbox(ADDRESS, PASSWORD, "Anna")
        self.other_mailbox = self.exchange.add_mailbox(COLLEAGUE, PASSWORD, "Bea")
        self.server = ExchangeServer(self.exchange, tls=True).start()
        self.addCleanup(lambda: self.assertEqual(self.server.errors, []))
        self.addCleanup(self.server.stop)
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", self.base_url())
        self.application = in_the_cloud.registered(self.env, self.server)
        self.provider = in_the_cloud.graph_provider(
            self.env, self.server, self.application
        )
        self.microsoft = self.new_browser()
        self.authenticate(ADDRESS, ADDRESS)

    def new_browser(self) -> Microsoft:
        """Return a browser that is not signed in to Microsoft."""
        browser = Microsoft(self.server)
        self.addCleanup(browser.close)
        return browser

    def call(self, model: str, method: str, ids=None, **named: object):
        """Call a method as the web client does, and return the result.

        :param ids: None for a method of the model
        """
        args = [] if ids is None else [list(ids)]
        answer = self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": named},
        )
        self.env.invalidate_all()
        return answer

    def new_dialog(self, user=None, email: str = ADDRESS, **values: object):
        """Return the dialog that connects a mailbox, opened by a user."""
        dialogs = self.env["exchange.add.account"].with_user(user or self.anna)
        vals = {"provider_id": self.provider.id, "email": email, **values}
        return dialogs.create(vals)

    def press(self, record, button: str = "action_sign_in") -> str:
        """Press a button, and return the address to which it redirects the browser."""
        action = self.call(record._name, button, record.ids)
        self.assertEqual(action["type"], "ir.actions.act_url", action)
        return action["url"]

    def accept(self, url: str, address: str = ADDRESS, browser=None) -> dict[str, str]:
        """Sign in on Microsoft's page, and consent to everything.

        :return: the parameters that the redirect address receives
        """
        return (browser or self.microsoft).accept(url, address, PASSWORD)

    def come_back(self, answer: dict[str, str]) -> dict[str, str]:
        """Follow Microsoft's redirection.

        :return: the parameters of Odoo's page that is shown then
        """
        path = f"{ANSWER}?{urlencode(answer)}"
        shown = self.url_open(path, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual(shown.status_code, 303, shown.text)
        where = urlsplit(shown.headers["Location"])
        self.assertIn(where.netloc, ("", urlsplit(self.base_url()).netloc))
        self.shown_path = where.path
        return {name: value for name, (value,) in parse_qs(where.query).items()}

    def accounts(self):
        """Return all accounts."""
        return self.env["exchange.account"].search([])
