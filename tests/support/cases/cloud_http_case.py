# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A user with a browser between Odoo's HTTP server and the simulator's sign-in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from odoo.tests import new_test_user

from odoo.addons.exchange_contact_sync.use_cases.registration import ANSWER

from exchange_server import Exchange, ExchangeServer
from exchange_server.tests.sign_in_wire import Browser
from support import in_the_cloud
from support.cases.cloud_case import graph_types
from support.cases.odoo_case import OdooHttpCase
from support.cases.sync_case import OWNER_GROUPS, schemas

ADDRESS, PASSWORD = "anna@example.com", "correct horse"
COLLEAGUE = "bea@example.com"


class Microsoft(Browser):
    """The pages of the simulator, in a browser that trusts its certificate."""

    def __init__(self, server: ExchangeServer, authority: str) -> None:
        super().__init__(server)
        self.session.verify = authority

    def visit(self, url: str) -> Microsoft:
        """Go where Odoo leads to."""
        self.answer = self.session.get(url, allow_redirects=False, timeout=30)
        return self

    def is_sent_back(self) -> bool:
        """Whether the page led back to the application."""
        return self.answer.status_code == 302

    @property
    def sent_back(self) -> dict[str, str]:
        """What the redirect address gets."""
        assert self.is_sent_back(), self.answer.text
        location = self.answer.headers["Location"]
        assert urlsplit(location).path == ANSWER, location
        return dict(parse_qsl(urlsplit(location).query))


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
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.authority = Path(folder.name, "authority.pem")
        self.authority.write_bytes(self.server.ca_pem)
        self.microsoft = self.new_browser()
        self.authenticate(ADDRESS, ADDRESS)

    def new_browser(self) -> Microsoft:
        """A browser in which nobody signed in to Microsoft."""
        browser = Microsoft(self.server, str(self.authority))
        self.addCleanup(browser.session.close)
        return browser

    def call(self, model: str, method: str, ids=None, **named: object):
        """What the web client calls; the answer's result.

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
        """The dialog that connects a mailbox, as its user opened it."""
        dialogs = self.env["exchange.add.account"].with_user(user or self.anna)
        vals = {"provider_id": self.provider.id, "email": email, **values}
        return dialogs.create(vals)

    def press(self, record, button: str = "action_sign_in") -> str:
        """Press a button; where the browser is led to."""
        action = self.call(record._name, button, record.ids)
        self.assertEqual(action["type"], "ir.actions.act_url", action)
        return action["url"]

    def accept(self, url: str, address: str = ADDRESS, browser=None) -> dict[str, str]:
        """Sign in on Microsoft's page and allow all.

        :return: what the redirect address gets
        """
        browser = browser or self.microsoft
        browser.visit(url)
        if not browser.is_sent_back():
            browser.sign_in(address, PASSWORD)
        if not browser.is_sent_back():
            browser.choose("accept")
        return browser.sent_back

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
        """All accounts there are."""
        return self.env["exchange.account"].search([])
