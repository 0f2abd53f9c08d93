# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The addon's own runs, one after the other, each measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cost import Cost, measured, peak_memory
from .mail_server import Control, Site
from .stage import FAST, connected_account

if TYPE_CHECKING:
    from odoo.models import BaseModel

CHANGED = 1000


def first_import(database: str, site: Site) -> tuple[Cost, float]:
    """Import a mailbox into a fresh database.

    :param database: name of a fresh one
    :param site: of the mail server
    :returns: what it cost, and the most memory it took, in MB
    """
    with connected_account(database, site) as account:
        cost = _import(account, Control(site))
    return cost, peak_memory()


def all_phases(database: str, site: Site) -> list[Cost]:
    """Import, rest, export, and carry changes from each side to the other.

    :param database: name of a fresh one
    :param site: of the mail server
    :returns: what each cost
    """
    control = Control(site)
    with connected_account(database, site) as account:
        contacts = control.contacts()[:CHANGED]
        costs = [_import(account, control)]
        # Only these: others are exported, also users, whom the owner may not change.
        links = account.link_ids.sorted("id")[:CHANGED]
        costs.append(_run(account, control, "idle run"))
        account.export_contacts = True
        # After a change of the choices each pair is looked at once.
        costs.append(_run(account, control, "export switched on"))
        _new_partners(account)
        costs.append(_run(account, control, "new in Odoo", "exported_created"))
        costs.append(_run(account, control, "idle run, both ways"))
        _change_in_odoo(links)
        costs.append(_run(account, control, "changed in Odoo", "exported_updated"))
        for number, contact in enumerate(contacts):
            control.change(contact, {"contacts:JobTitle": f"Expert {number}"})
        costs.append(_run(account, control, "changed in Exchange", "imported_updated"))
    return costs


def _import(account: BaseModel, control: Control) -> Cost:
    """The first run. Contacts that may be one person wait for the owner to decide;
    they too were read and looked up."""
    cost = _run(account, control, "first import", "imported_created")
    waiting = [("account_id", "=", account.id), ("deferred", "=", True)]
    cost.contacts += account.env["exchange.inbox.entry"].sudo().search_count(waiting)
    return cost


def _run(account: BaseModel, control: Control, name: str, counter: str = "") -> Cost:
    """One synchronization.

    :param counter: the run's counter of what it was for; "" when it should do nothing
    """
    from odoo.addons.exchange_contact_sync.use_cases import synchronize  # noqa: F401

    account.env.cr.commit()
    with measured(name, control, account.env.cr) as cost:
        run = account.sync()
    if run.state != "done":
        raise RuntimeError(f"{name}: {run.state} {run.message}")
    cost.contacts = run[counter] if counter else account.link_count
    account.env.invalidate_all()
    return cost


def _new_partners(account: BaseModel) -> None:
    partners = account.env["res.partner"].with_context(**FAST)
    partners.create(
        [
            {
                "name": f"Given{number} Family{number}",
                "email": f"contact{number}@odoo.example",
                "phone": f"+44 20 7946 {number:04}",
                "function": "Expert",
                "street": f"{number} Example Street",
                "city": "London",
            }
            for number in range(CHANGED)
        ]
    )


def _change_in_odoo(links: BaseModel) -> None:
    for number, partner in enumerate(links.partner_id.with_context(**FAST)):
        partner.function = f"Adviser {number}"
