# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""With the app *Privacy*, and without the addon: in a database of their own."""

from __future__ import annotations

import subprocess
import sys

from support.live_odoo.database import database_copy

LOOKUP = """
partner = env["res.partner"].create({"name": "Zephyrine", "email": "zoe@example.com"})
other = env["res.partner"].create({"name": "Ola"})
option = {"partner_id": other.id, "value": "Zoe@example.com"}
env["res.partner.communication"].create(option)
provider = env["exchange.provider"].create({"name": "Mail"})
vals = {"provider_id": provider.id, "email": "a@b.cd"}
account = env["exchange.account"].create(vals)
of_account = {"account_id": account.id}
run = env["exchange.sync.run"].create(of_account)
line = {"run_id": run.id, "direction": "pull", "action": "update"}
env["exchange.sync.line"].create({**line, "old_value": "Call Zephyrine"})
env["exchange.sync.line"].create({**line, "partner_id": partner.id})
env["exchange.sync.line"].create({**line, "name": "Ola"})
base = {"values": {"name": "Zephyrine"}}
env["exchange.contact.link"].create({**of_account, "base": base})
env["exchange.inbox.entry"].create(
    {**of_account, "remote_id": "x", "facts": {"email": "zoe@example.com"}}
)
wizard = env["privacy.lookup.wizard"]
found = wizard.create({"name": "Zephyrine", "email": "zoe@example.com"})
found.action_lookup()
print("FOUND", sorted(found.line_ids.mapped("res_model")))
env.cr.commit()
"""
UNINSTALL = """
env["ir.module.module"].search(
    [("name", "=", "exchange_contact_sync")]
).button_immediate_uninstall()
env.cr.rollback()
env = env(user=env.uid)
names = env["res.partner"].search([("name", "in", ["Zephyrine", "Ola"])]).mapped("name")
env.cr.execute("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'exchange_%'")
print("LEFT", sorted(names), env.cr.fetchone()[0])
"""


def odoo(*arguments: str, script: str = "") -> str:
    """Run Odoo's command line; it has to end well."""
    command = [sys.executable, "-m", "odoo", *arguments]
    done = subprocess.run(command, input=script, text=True, capture_output=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def said(output: str, word: str) -> str:
    [line] = [line for line in output.splitlines() if line.startswith(word)]
    return line.removeprefix(word).strip()


def test_privacy_lookup_finds_our_rows_and_uninstalling_leaves_partners_alone() -> None:
    with database_copy("lifecycle") as name:
        quiet = ("-d", name, "--no-http", "--log-level=error")
        odoo(
            "-i", "privacy_lookup", "--stop-after-init", "--max-cron-threads=0", *quiet
        )
        found = said(odoo("shell", *quiet, script=LOOKUP), "FOUND")
        assert found == str(
            [
                "exchange.contact.link",
                "exchange.inbox.entry",
                *["exchange.sync.line"] * 2,
                *("res.partner", "res.partner.communication"),
            ]
        )
        left = said(odoo("shell", *quiet, script=UNINSTALL), "LEFT")
        assert left == "['Ola', 'Zephyrine'] 0"
