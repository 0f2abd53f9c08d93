# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check whether an account can be synchronized now, and why not."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.models import BaseModel

from . import rights


def check_ready(account: BaseModel) -> None:
    """Check that the user owns the account, it is connected and has something to do.

    :raises AccessError: the user may not
    :raises UserError: the account is not ready
    """
    env = account.env
    rights.check_may_use(env)
    rights.check_owner(account)
    if account.state != "connected":
        raise UserError(
            account.message
            or env._("Sign in to %s before you synchronize.", account.email)
        )
    if account.move_stage:
        raise UserError(
            env._("%s is reached in a new way. Look at a preview first.", account.email)
        )
    check_something_to_do(account)


def check_something_to_do(account: BaseModel) -> None:
    """Check that something is imported or exported.

    :raises UserError: nothing is imported or exported
    """
    if not has_something_to_do(account):
        raise UserError(why_nothing_to_do(account))


def has_something_to_do(account: BaseModel) -> bool:
    """Return whether the owner chose an import or export they have the right to."""
    chosen = account.folder_ids.filtered("selected")
    imports = account._imports() and (account.import_scope == "all" or chosen)
    groups = account.export_groups and (
        account.export_category_ids or account.export_filter_ids
    )
    kinds = account.export_employees or account.export_customers or groups
    kinds = kinds or account.export_companies
    exports = account._exports() and (account.export_scope == "all" or kinds)
    return bool(imports or exports or account._exports_requested())


def why_nothing_to_do(account: BaseModel) -> str:
    """Return a sentence about an account that has nothing to do."""
    env = account.env
    if account.import_contacts and not account.may_import:
        return rights.refusal(env, rights.IMPORT)
    if account.export_contacts and not account.may_export:
        return rights.refusal(env, rights.EXPORT)
    return env._("Choose first which contacts to import or export.")


def already_running(account: BaseModel) -> UserError:
    """Return the error to raise when another process holds the account's lease."""
    return UserError(account.env._("%s is being synchronized already.", account.email))
