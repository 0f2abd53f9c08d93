# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remind the owner, by one activity, of what automatic runs need from them.

The activity exists from the first run that needs the owner until no run does. Owners
who mark it as done before that are not reminded of the same reason again.
"""

from __future__ import annotations

from markupsafe import Markup

from odoo.models import BaseModel

from ..core.errors import FolderReadOnly, MailboxFull
from .counted import counted

ACTIVITY = "exchange_contact_sync.mail_activity_type_needs_owner"
EXPORT_BLOCKED = (MailboxFull.code, FolderReadOnly.code)
"""Failures whose cause only the owner can remove, although runs continue."""


def remind(accounts: BaseModel) -> None:
    """Create or update the activity that says why an automatic run needs the owner."""
    for account in accounts.sudo():
        owner = account.user_id
        account = account.with_context(lang=owner.lang, tz=owner.tz)
        reason = _needed_for(account)
        if reason and not _update_note(account, reason):
            # Without an e-mail: the activity is enough.
            account.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY,
                summary=account.env._("%s needs your attention", account.email),
                note=_note(account, reason),
                user_id=owner.id,
            )
        account.reminded = bool(reason)


def update(accounts: BaseModel) -> None:
    """Remove the activity if its reason is gone, rewrite it if the reason changed."""
    for account in accounts.sudo().filtered("reminded"):
        account = account.with_context(lang=account.user_id.lang)
        reason = _needed_for(account)
        if reason:
            _update_note(account, reason)
        else:
            _activities(account).unlink()
            account.reminded = False


def _activities(account: BaseModel) -> BaseModel:
    kind = account.env.ref(ACTIVITY, raise_if_not_found=False)
    return account.activity_ids.filtered(lambda one: one.activity_type_id == kind)


def _update_note(account: BaseModel, reason: str) -> bool:
    """Rewrite the activity's note, and return whether there is an activity.

    :return: whether there was an activity
    """
    activities, note = _activities(account), _note(account, reason)
    for activity in activities.filtered(lambda one: one.note != note):
        activity.note = note
    return bool(activities)


def _needed_for(account: BaseModel) -> str:
    """Return why the owner is needed; "" if not.

    :return: why the owner is needed, or ""
    """
    env = account.env
    if account.state == "error":
        return account.message or env._("Sign in again.")
    if account.state != "connected":
        return ""
    if account.message_code in EXPORT_BLOCKED:
        return account.message
    account.invalidate_recordset(["conflict_count", "waiting_count"])
    waiting = []
    for count, forms in (
        (account.conflict_count, env._("%(count)s conflict|%(count)s conflicts")),
        (account.waiting_count, env._("%(count)s to match|%(count)s to match")),
    ):
        if count:
            waiting.append(counted(env, forms, count))
    if not waiting:
        return ""
    return env._("Waiting for your decision: %s", ", ".join(waiting))


def _note(account: BaseModel, reason: str) -> Markup:
    """Return the sentence and a link to the account.

    :return: the sentence and a link to the account
    """
    return Markup('<p>%s</p><p><a href="%s">%s</a></p>') % (
        reason,
        f"/odoo/{account._name}/{account.id}",
        account.env._("Open the account"),
    )
