# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Users of a live Odoo."""

from __future__ import annotations

from .rpc import Rpc

GROUPS = ("base.group_user", "base.group_partner_manager")
"""The groups of a user who works with contacts."""


def record_id(admin: Rpc, name: str) -> int:
    """:returns: the id of the record with an XML id such as "base.group_user" """
    module, _dot, record = name.partition(".")
    reference = ("ir.model.data", "check_object_reference")
    return admin.call(*reference, module, record)[1]


def hire(admin: Rpc, login: str, **values: object) -> None:
    """Create a user who works with contacts.

    :param admin: an administrator's session
    :param login: of the user; also the password, unless the values contain one
    :param values: further fields of ``res.users``
    """
    user = {
        "name": login,
        "login": login,
        "password": login,
        "group_ids": [(6, 0, [record_id(admin, group) for group in GROUPS])],
        # Odoo's greeting would cover the page in a chat window.
        "odoobot_state": "disabled",
        **values,
    }
    admin.call("res.users", "create", [user])


def connect(owner: Rpc, provider: int, address: str, password: str) -> int:
    """Connect a mailbox as a user; it is only synchronized manually.

    :returns: the id of the ``exchange.account``
    """
    account = {
        "provider_id": provider,
        "email": address,
        "password": password,
        "auto_sync": False,
    }
    [made] = owner.call("exchange.account", "create", [account])
    owner.call("exchange.account", "action_authorize", [made])
    return made
