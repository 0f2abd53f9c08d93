# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Connect the mailbox of a user who comes back from Microsoft's page.

In every case the user is redirected to a page of Odoo's web client that shows the
result. Its address contains only ids and the code of a failure.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from odoo.api import Environment
from odoo.models import BaseModel

from ..core.errors import SyncError
from . import connect, failure_messages, feedback, menu, microsoft, rights, sign_ins

_logger = logging.getLogger(__name__)

PAGE = "/odoo/action-exchange_contact_sync.signed_in"
"""A client action; see ``static/src/signed_in``."""

FOREIGN = "foreign_answer"


def receive(
    env: Environment, session: microsoft.Session, answer: Mapping[str, str]
) -> str:
    """Process an answer of Microsoft's page.

    :param answer: parameters of the redirect address
    :return: the path of the page to show
    """
    begun = microsoft.take_begun(env, session, answer.get("state", ""))
    record = microsoft.record_of(env, begun) if begun else None
    if not begun or record is None:
        return _page(problem=FOREIGN)
    if record._name == "exchange.account":
        problem = _attempt(record, begun, answer, _for_account)
        return _page(account=record.id, problem=problem)
    problem = _attempt(record, begun, answer, _for_dialog)
    record.message = failure_messages.sentence(env, problem, kind="graph")
    return _page(dialog=record.id)


def _attempt(
    record: BaseModel,
    begun: Mapping[str, Any],
    answer: Mapping[str, str],
    receiver: Callable[[BaseModel, microsoft.SignedIn], str],
) -> str:
    """Redeem an answer and use it; if that fails, everything is rolled back.

    :return: code of a failure, "" for none
    """
    try:
        with record.env.cr.savepoint():
            return receiver(record, microsoft.complete(record, begun, answer))
    except SyncError as error:
        _logger.info("%s: no sign-in: %s", record, error.detail or error.code)
        return error.code


def _page(**values: Any) -> str:
    known = {name: value for name, value in values.items() if value}
    return f"{PAGE}?{urlencode(known)}"


def _for_dialog(dialog: BaseModel, found: microsoft.SignedIn) -> str:
    """Connect the mailbox, or have the dialog ask which one is meant.

    :return: code of a failure, "" for none
    :raises SyncError: the mailbox cannot be opened
    """
    is_own = found.owns(dialog.email)
    if not is_own and not dialog.shared:
        dialog.signed_in_as = found.addresses[0] if found.addresses else False
        return "" if dialog.signed_in_as else microsoft.OtherMailbox.code
    if is_own and (known := _account_of(dialog, found)):
        dialog.existing_id = known
        return ""
    rights.check_may_use(dialog.env)
    account = dialog._create_account()
    sign_in(account, found, shared=not is_own)
    dialog.account_id = account
    return ""


def _account_of(dialog: BaseModel, found: microsoft.SignedIn) -> BaseModel:
    """Return the user's account for the own mailbox, perhaps by another of its
    addresses.
    """
    own = menu.own_accounts(dialog.env).filtered(
        lambda one: one.provider_id == dialog.provider_id and found.owns(one.email)
    )
    return own[:1]


def _for_account(account: BaseModel, found: microsoft.SignedIn) -> str:
    """Sign in to the mailbox of an account again.

    :return: code of a failure, with which the account stays as it is; "" for none
    :raises SyncError: the mailbox cannot be opened
    """
    rights.check_owner(account)
    is_own = found.owns(account.email) or sign_ins.has_signed_in(account, found.person)
    if not is_own and not account.opens_shared_mailbox:
        return microsoft.OtherMailbox.code
    sign_in(account, found, shared=account.opens_shared_mailbox and not is_own)
    return ""


def sign_in(account: BaseModel, found: microsoft.SignedIn, *, shared: bool) -> None:
    """Store a sign-in and connect the account.

    :raises SyncError: the mailbox cannot be opened; the caller rolls back
    """
    refresh = found.tokens.refresh
    sign_ins.keep(account, refresh, found.person, shared=shared)
    connect.connect(account, found.tokens)


def outcome(
    env: Environment, dialog: int, account: int, problem: str
) -> dict[str, feedback.Action]:
    """Return what the web client shows after a sign-in.

    :param dialog: id of ``exchange.add.account``, 0 for none
    :param account: id of ``exchange.account``, 0 for none
    :param problem: code of a failure, "" for none
    :return: ``below``, the page, and ``then``, what is shown above it
    """
    below = env["ir.actions.act_window"]._for_xml_id("contacts.action_contacts")
    if dialog:
        opened = env["exchange.add.account"].browse(dialog)
        return {"below": below, "then": opened.action_continue()}
    own = menu.own_accounts(env).filtered(lambda one: one.id == account)
    if own:
        below = menu.settings_of(own)
    return {"below": below, "then": _notification(env, own, problem)}


def _notification(
    env: Environment, account: BaseModel, problem: str
) -> feedback.Action:
    if problem or not account:
        code = problem or FOREIGN
        text = failure_messages.sentence(env, code, kind="graph")
        return feedback.notification("danger", env._("Not signed in"), str(text))
    title = env._("%s is connected", account.email)
    return feedback.notification("success", title, "")
