# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Search for passwords and the key wherever an attacker could find them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from security import places, roles
from security.conftest import doors
from security.doors import Call

pytestmark = pytest.mark.timeout(1200)  # on a busy machine

SECRET = ("password", "secret", "private_key", "token")
"""In names of fields."""


class Scenario:
    """The actions of users with passwords, and the responses."""

    def __init__(self, odoo, world) -> None:
        made = doors(odoo, world)
        self.owner = made["JSON-RPC", "owner"]
        self.admin = made["JSON-RPC", "administrator"]
        self.rows = world["rows"]["owner"]["shown"]
        self.answers: list[str] = []

    def call(self, user, model, method, ids=None, **named):
        """:returns: the result"""
        answer = user.call(Call(model, method, ids, named))
        self.answers.append(answer.text)
        return answer

    def connect(self) -> None:
        """Connect an account, first with a wrong password."""
        vals = {"email": roles.address("owner"), "password": roles.TYPED_PASSWORD}
        dialog = "exchange.add.account"
        made = self.call(
            self.owner,
            dialog,
            "web_save",
            (),
            vals=vals,
            specification={"password": {}},
        )
        ids = (made.value[0]["id"],)
        for password in (roles.TYPED_PASSWORD, roles.OWNER_PASSWORD):
            named = {"password": password}
            self.call(self.owner, dialog, "action_authorize", ids, **named)
        account = "exchange.account"
        shown = (self.rows[account],)
        for vals in (
            {"password": roles.OWNER_PASSWORD},
            {"password": roles.OWNER_PASSWORD, "interval_minutes": "no number"},
            {"password": {"of": roles.OWNER_PASSWORD}},
            {"password": roles.OWNER_PASSWORD, "user_id": 1},
        ):
            self.call(self.owner, account, "write", shown, vals=vals)
        self.call(self.owner, account, "action_authorize", shown)
        self.call(self.owner, account, "sync", shown)

    def serve(self) -> None:
        """Test the server as the administrator, and enter a service account."""
        provider = self.call(self.admin, "exchange.provider", "search", domain=[])
        assert provider.done, provider.text
        ids = tuple(provider.value[:1])
        test = self.call(
            self.admin,
            "exchange.provider.test",
            "create",
            None,
            vals_list={"provider_id": ids[0], "email": roles.address("owner")},
        )
        named = {"password": roles.TYPED_PASSWORD}
        dialog = (test.value,)
        self.call(self.admin, "exchange.provider.test", "action_test", dialog, **named)
        vals = {"service_username": "svc", "service_password": roles.SERVICE_PASSWORD}
        self.call(self.admin, "exchange.provider", "write", ids, vals=vals)
        self.call(self.admin, "exchange.provider.test", "action_test", dialog)
        vals = {"client_secret": roles.CLIENT_SECRET, "private_key": roles.PRIVATE_KEY}
        self.call(self.admin, "exchange.provider", "write", ids, vals=vals)
        self.call(
            self.owner, "exchange.account", "sync", (self.rows["exchange.account"],)
        )

    def export(self, world) -> None:
        """Export all fields of all models as a file."""
        for model, surface in world["models"].items():
            for user in (self.owner, self.admin):
                names = [[name] for name in surface["fields"]]
                for fields in (*names, ["id"]):
                    if any(word in fields[0] for word in SECRET) or fields == ["id"]:
                        self.call(
                            user,
                            model,
                            "export_data",
                            (self.rows.get(model, 1),),
                            fields_to_export=fields,
                        )


@pytest.fixture(scope="module")
def scenario(odoo, world) -> Scenario:
    """Ordinary use, after all calls of the matrix (``test_rights.py`` runs first)."""
    scenario = Scenario(odoo, world)
    scenario.begun = time.time()
    scenario.connect()
    scenario.serve()
    scenario.export(world)
    return scenario


def test_passwords_were_used(scenario, odoo):
    log = odoo.log.read_text()
    assert "action_authorize(" in log, "calls are logged"
    assert roles.address("owner") in places.dump(odoo.database)
    assert len(scenario.answers) > 20


def test_no_answer_holds_a_secret(scenario):
    assert list(places.in_text("the answers", "\n".join(scenario.answers))) == []


def test_no_log_holds_a_secret(scenario, odoo):
    assert list(places.in_text("the log", odoo.log.read_text())) == []


def test_no_dump_holds_a_secret(scenario, odoo):
    """The dump includes the table of the bus."""
    dump = places.dump(odoo.database)
    assert "COPY public.bus_bus" in dump
    assert list(places.in_text("the dump", dump)) == []


def test_no_file_of_the_data_folder_holds_a_secret(scenario, odoo):
    data = Path(os.environ["EXCHANGE_CONTACT_SYNC_CACHE"], "data")
    own = data / "filestore" / odoo.database
    for folder in (own, data / "sessions"):
        assert list(places.in_folder(folder, scenario.begun)) == []
