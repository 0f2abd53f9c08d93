# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Count the contacts that an export choice covers, also before it is saved."""

from __future__ import annotations

from odoo import Command
from odoo.api import Environment
from odoo.models import BaseModel

from ..partner import export_scope, filters
from ..partner.filter_text import Unusable
from . import filter_messages, rights


def knows_customers(env: Environment) -> bool:
    """Return whether an installed app marks customers."""
    return not export_scope.customers(env).is_false()


def count(account: BaseModel) -> tuple[int, str | bool]:
    """Count the contacts that the choice covers, of those the owner may see.

    :param account: saved, or a form that is not saved yet
    :return: the number, and why there is none, or False
    """
    if not account._exports():
        return 0, False
    env = _env_of_owner(account)
    choice = export_scope.choice(account, env)
    if choice.unusable:
        return 0, filter_messages.sentence(env, *choice.unusable[0])
    try:
        return filters.count(choice.domain, env), False
    except Unusable:
        return 0, env._(
            "The contacts cannot be counted. Choose fewer, or simpler filters."
        )


def _env_of_owner(account: BaseModel) -> Environment:
    # Until it is saved, the user who fills in the form is the owner: the form's own
    # values come from the browser.
    owner = account._origin.user_id or account.env.user
    companies = {"allowed_company_ids": rights.companies_of(account, owner)}
    context = {**account.env.context, **companies}
    return account.env(user=owner, su=False, context=context)


def drop_hidden_filters(accounts: BaseModel) -> None:
    """Remove saved filters that the user can no longer see.

    Called before the filters change, because the form does not show these.
    """
    for account in accounts.sudo():
        chosen = account.export_filter_ids
        seen = chosen.with_env(accounts.env)._filtered_access("read")
        hidden = chosen - seen.sudo()
        account.export_filter_ids = [Command.unlink(i) for i in hidden.ids]
