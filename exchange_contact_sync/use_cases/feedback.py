# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Show users the result of an operation."""

from __future__ import annotations

from typing import Any

from odoo.api import Environment
from odoo.models import BaseModel

from ..core.errors import ServerBusy, SyncError, Unreachable

Action = dict[str, Any]
"""What a button returns to the web client."""

NO_FAILURE = {
    "message_code": False,
    "message_detail": False,
    "busy_until": False,
    "failure_count": 0,
}
"""The values of an account without a failure."""


def note_failure(account: BaseModel, error: SyncError, **values: Any) -> None:
    """Store the message about a failure on the account.

    :param values: further values to write
    """
    account.sudo().write(
        {"message_code": error.code, "message_detail": error.detail, **values}
    )


def failure_notification(account: BaseModel) -> Action:
    """Return the notification about a failure."""
    title = account.env._("Operation failed")
    return notification("danger", title, account.message)


def no_answer(message: str) -> Action:
    """Return the action that tells the user that the mail server does not answer
    (``static/src/ask_server``). The user can try again or cancel; nothing was changed.
    """
    tag = "exchange_contact_sync.no_answer"
    return {"type": "ir.actions.client", "tag": tag, "params": {"message": message}}


def is_no_answer(error: SyncError | None) -> bool:
    """Return whether the user can try again at once, without changing anything."""
    return isinstance(error, Unreachable | ServerBusy)


def why_no_answer(env: Environment, error: SyncError) -> str:
    """Explain to a user who waits that the mail server did not answer."""
    if isinstance(error, ServerBusy):
        return env._("The mail server is busy. Try again in a few minutes.")
    return env._(
        "The mail server does not answer, or broke off the connection. Try again. If "
        "it keeps failing, ask your administrator."
    )


def notification(kind: str, title: str, message: str) -> Action:
    """Return a notification; closing it reloads the form, so that the new state shows.

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
    """Leave the web client for another page in the same tab: browsers block pop-ups,
    and phones have none.
    """
    return {"type": "ir.actions.act_url", "url": url, "target": "self"}


def dialog(env: Environment, title: str, model: str, **context: Any) -> Action:
    """Return the action that opens the form of a wizard in a dialog.

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
