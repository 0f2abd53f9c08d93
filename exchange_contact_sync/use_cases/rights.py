# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check who may import and export, and who may control an account."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.exceptions import AccessError, ValidationError
from odoo.models import BaseModel

from . import first_provider, reprocessing

IMPORT, EXPORT = (
    "exchange_contact_sync.group_import",
    "exchange_contact_sync.group_export",
)
CONTACTS = "base.group_partner_manager"


def may_use(env: Environment) -> bool:
    """Return whether the user may import or export at all."""
    return any(env.user.has_group(group) for group in (IMPORT, EXPORT))


def check_may_use(env: Environment) -> None:
    """Check that the user may import or export.

    :raises AccessError: the user may neither import nor export
    """
    if not env.su and not may_use(env):
        raise AccessError(
            env._(
                "You may neither import contacts from Exchange nor export contacts "
                "to it. Ask your administrator."
            )
        )


def companies_of(account: BaseModel, owner: BaseModel) -> list[int]:
    """Return the ids of the companies whose records the owner sees, the account's own
    first: its country decides how a number without country code is recognized.
    """
    companies = owner.sudo().company_ids
    own = account.sudo().company_id & companies
    return (own | companies).ids


def check_owner(account: BaseModel) -> None:
    """Check that the user is the owner of the account.

    :raises AccessError: the user is not the owner of the account
    """
    account.ensure_one()
    _check_owner(account)


def check_may_control(accounts: BaseModel) -> None:
    """Check that the user is the owner or an administrator.

    :raises AccessError: the user is neither the owner nor an administrator
    """
    if not accounts.env.user.has_group("base.group_system"):
        _check_owner(accounts)


def _check_owner(accounts: BaseModel) -> None:
    env = accounts.env
    if not env.su and accounts.user_id - env.user:
        raise AccessError(env._("Only the owner of an Exchange account can do this."))


def check_choice(accounts: BaseModel, vals: dict[str, Any]) -> None:
    """Check that the owners have the right to what is switched on.

    A choice made earlier stays on without effect, so that the owner need not repeat it
    when the right is granted again.

    :param accounts: none for ``create``
    :param vals: as for ``create`` or ``write``
    :raises ValidationError: an owner may not import or export
    """
    env = accounts.env
    if env.su:
        return
    for name, group in (("import_contacts", IMPORT), ("export_contacts", EXPORT)):
        if not vals.get(name):
            continue
        off = accounts.filtered(lambda account, name=name: not account[name])
        owners = off.user_id if accounts else env.user
        if not all(owner.sudo().has_group(group) for owner in owners):
            raise ValidationError(refusal(env, group))


def refusal(env: Environment, group: str) -> str:
    """Explain that a user lacks the right for an operation.

    :param group: ``IMPORT`` or ``EXPORT``
    """
    if group == IMPORT:
        return env._(
            "You may not import contacts from Exchange. Ask your administrator."
        )
    return env._("You may not export contacts to Exchange. Ask your administrator.")


def import_problem(account: BaseModel) -> str | bool:
    """Explain why no contact, or no new contact, can be imported; False if all can be.

    Odoo would refuse each contact, so the form warns before.
    """
    owner, chosen = account.user_id, account.import_contacts
    return bool(chosen) and lacks_right_to_contacts(account.env, owner)


def lacks_right_to_contacts(env: Environment, owner: BaseModel) -> str | bool:
    """Explain that a user may not change, or not create, contacts in Odoo.

    :param owner: record of ``res.users``
    """
    partners = env["res.partner"].with_user(owner)
    if not partners.has_access("write"):
        return env._(
            "You may not change contacts in Odoo, so nothing can be imported. "
            "Ask one of your administrators (%(administrators)s) for the right "
            "“%(right)s”.",
            **missing_right(env),
        )
    if not partners.has_access("create"):
        return env._(
            "You may not create contacts in Odoo, so no new contacts can be imported. "
            "Ask one of your administrators (%(administrators)s) for the right "
            "“%(right)s”.",
            **missing_right(env),
        )
    return False


def missing_right(env: Environment) -> dict[str, str]:
    """Return the right to create and change contacts, and the administrators to ask for
    it.

    :return: ``right``, as the form of users calls it, and the names ``administrators``
    """
    right = env.ref(CONTACTS).sudo().full_name
    names = first_provider.names_of_administrators(env)
    return {"right": right, "administrators": names}


def note_rights(account: BaseModel) -> None:
    """Have the next run decide again after the owner regained a right.

    That run synchronizes the changes made while the right was missing.
    """
    account = account.sudo()
    partners = account.env["res.partner"].with_user(account.user_id)
    rights = (
        account.may_import,
        account.may_export,
        partners.has_access("write"),
        partners.has_access("create"),
    )
    now = "".join(str(int(right)) for right in rights)
    known = account.used_rights or ""
    before = known + now[len(known) :]
    if known != now:
        account.used_rights = now
    if any(new > old for new, old in zip(now, before, strict=True)):
        reprocessing.decide_again(account)


def rights_domain(env: Environment) -> list[Any]:
    """Return the domain of accounts whose owner may import or export."""
    find = env["ir.model.data"]._xmlid_to_res_id  # cached by Odoo
    groups = [find(IMPORT), find(EXPORT)]
    return [("user_id.all_group_ids", "in", groups)]
