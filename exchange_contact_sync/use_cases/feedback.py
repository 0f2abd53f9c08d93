# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show users the result of an operation."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..core.errors import SyncError

Action = dict[str, Any]
"""What a button returns to the web client."""

NO_FAILURE = {
    "message_code": False,
    "message_detail": False,
    "busy_until": False,
    "failure_count": 0,
}
"""Values of an account about which there is nothing to say."""


def note_failure(account: BaseModel, error: SyncError, **values: Any) -> None:
    """Store the message about a failure on the account.

    :param values: further values to write
    """
    account.sudo().write(
        {"message_code": error.code, "message_detail": error.detail, **values}
    )


def alert_owner(account: BaseModel) -> None:
    """Show the owner, on any page of Odoo, that a mailbox needs them."""
    owner = account.user_id
    account = account.with_context(lang=owner.lang)
    owner._bus_send(
        "simple_notification",
        {
            "type": "warning",
            "title": account.env._("%s needs your attention", account.email),
            "message": account.message,
            "sticky": False,
        },
    )


def failure_notification(account: BaseModel) -> Action:
    """The notification about a failure."""
    title = account.env._("Operation failed")
    return notification("danger", title, account.message)


def notification(kind: str, title: str, message: str) -> Action:
    """A notification; closing it reloads the form, so that the new state shows.

    :param kind: ``success``, ``info``, ``warning`` or ``danger``
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "title": title,
            "message": message,
            "next": {"type": "ir.actions.act_window_close"},
        },
    }


def to_page(url: str) -> Action:
    """Leave the web client for another page, in the same tab: browsers block pop-ups,
    and telephones have none."""
    return {"type": "ir.actions.act_url", "url": url, "target": "self"}


def dialog(env: Environment, title: str, model: str, **context: Any) -> Action:
    """The form of a wizard, in a dialog.

    :param context: defaults for its fields
    """
    return {
        "type": "ir.actions.act_window",
        "name": title,
        "res_model": model,
        "view_mode": "form",
        "views": [(False, "form")],
        "target": "new",
        "context": context,
    }
