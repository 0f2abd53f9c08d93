# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo inside this process, with an owner and an account to measure with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import odoo.orm.environments
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

from exchange_server.clock import utc_now
from exchange_server.sign_in.tenant import Tenant
from support import in_the_cloud

from .mail_server import ADDRESS, CLIENT_ID, EWS, PASSWORD, SECRET, Site

if TYPE_CHECKING:
    from odoo.models import BaseModel

TENANT = Tenant(utc_now).id  # the same in each simulator
FAST = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}
"""The fastest way to create partners that Odoo offers: no messages about them."""


@contextmanager
def connected_account(database: str, site: Site) -> Iterator[BaseModel]:
    """Open the database and connect the mailbox of a user.

    :param database: name of a fresh one
    :param site: of the mail server
    :returns: context manager of the ``exchange.account``, in its owner's environment
    """
    options = ["--database", database, "--log-level", "warn", "--max-cron-threads", "0"]
    config.parse_config(options, setup_logging=True)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        account = _account(env, site)
        cr.commit()
        yield account


def _account(env: odoo.orm.environments.Environment, site: Site) -> BaseModel:
    groups = env.ref("base.group_user") + env.ref("base.group_partner_manager")
    owner = env["res.users"].create(
        {"name": "Bench", "login": ADDRESS, "group_ids": [(6, 0, groups.ids)]}
    )
    provider = env["exchange.provider"].create(_provider(site))
    vals = {
        "provider_id": provider.id,
        "email": ADDRESS,
        "password": PASSWORD if site.protocol == EWS else False,
        "import_contacts": True,
        "export_contacts": False,
        "auto_sync": False,
    }
    account = env["exchange.account"].with_user(owner).create(vals)
    account.action_authorize()
    if account.state != "connected":
        raise RuntimeError(f"the account could not be connected: {account.message}")
    return account


def _provider(site: Site) -> dict[str, object]:
    """The values of a provider, by field; an application opens mailboxes over Graph."""
    if site.protocol == EWS:
        return {"name": "Bench", "server_url": site.url}
    values = in_the_cloud.provider_values(
        site.base, TENANT, (CLIENT_ID, SECRET), Path(site.ca_file).read_text()
    )
    return {**values, "access": "application"}
