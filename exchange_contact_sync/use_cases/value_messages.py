# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Explain why a single value of a contact was refused or not stored: which value, where
it is now, and what users can do. The rest of the contact is synchronized.

Keyed by ``code`` as in ``failure_messages``; ``%(value)s`` is the value concerned.
"""

from __future__ import annotations

from odoo.api import Environment
from odoo.tools import LazyTranslate

from ..core.fields import FIELDS, Kind
from ..core.normalize import visible_text
from .wording import as_sentence, shortened

_lt = LazyTranslate(__name__)

SHOWN = 80
"""Characters of a value that a sentence shows."""

ABOUT_VALUE_BEFORE = {"value_stays", "no_place", "no_category"}
"""Codes whose sentences are about the value before the run, not the value after it."""

SENTENCES = {
    "contact_invalid/pull": _lt(
        "Odoo does not accept %(value)s in the field “%(field)s”. It stays in Exchange "
        "only; everything else is synchronized. Correct it in Outlook, then it is "
        "tried again. Your Odoo administrator sees the reason in the details."
    ),
    "contact_invalid/pull/reason": _lt(
        "Odoo does not accept %(value)s in the field “%(field)s”: %(reason)s It stays "
        "in Exchange only; everything else is synchronized. Correct it in Outlook, "
        "then it is tried again."
    ),
    "value_unreadable": _lt(
        "The value of the field “%(field)s” in Exchange cannot be read, or is too "
        "long, so the value in Odoo was not changed. Correct it in Outlook; then it is "
        "synchronized again."
    ),
    "value_too_long": _lt(
        "%(value)s is too long for the field “%(field)s” in Odoo. It stays in Exchange "
        "only; everything else is synchronized. Shorten it in Outlook, then it is "
        "tried again."
    ),
    "contact_invalid/push": _lt(
        "Exchange does not accept %(value)s in the field “%(field)s”. It stays in Odoo "
        "only; everything else is synchronized. Correct it in Odoo, then it is tried "
        "again. Your Odoo administrator sees the reason in the details."
    ),
    "odoo_failed": _lt(
        "An Odoo app could not process %(value)s in the field “%(field)s”. It stays "
        "in Exchange only; everything else is synchronized. Ask your Odoo "
        "administrator, who sees the reason in the details, then press “Retry”."
    ),
    "odoo_refused": _lt(
        "Odoo does not accept %(value)s in the field “%(field)s”. It stays in Exchange "
        "only; everything else is synchronized. Correct it in Outlook, then it is "
        "tried again."
    ),
    "exchange_refused": _lt(
        "Exchange does not accept %(value)s in the field “%(field)s”. It stays in Odoo "
        "only; everything else is synchronized. Correct it in Odoo, then it is tried "
        "again."
    ),
    "contact_too_large": _lt(
        "Exchange does not accept %(value)s in the field “%(field)s”, because the "
        "contact would be too large. It stays in Odoo only. Shorten it in Odoo, then "
        "it is tried again."
    ),
    "contact_of_user": _lt(
        "This contact is a user of Odoo, and only those who may manage users can "
        "change it. So %(value)s from Exchange was not written to the field "
        "“%(field)s”. Ask your Odoo administrator to change it there. Changes made in "
        "Odoo are still exported."
    ),
    "value_forbidden": _lt(
        "You may not change the record in Odoo that holds this value, such as the "
        "company the contact works for. So %(value)s from Exchange was not written to "
        "the field “%(field)s”. Ask the person responsible for that record or your "
        "Odoo administrator."
    ),
    "contact_forbidden/pull": _lt(
        "You may not change this contact in Odoo, so %(value)s from Exchange was not "
        "written to the field “%(field)s”. Ask the person responsible for the contact "
        "or your Odoo administrator. Changes made in Odoo are still exported."
    ),
    "contact_protected/push": _lt(
        "The mail server does not let you change this contact, so %(value)s from Odoo "
        "was not written to the field “%(field)s”. Ask the owner of the mailbox or "
        "the administrator of the mail server for permission. Changes made in "
        "Exchange are still imported."
    ),
    "value_cut": _lt(
        "The mail server stored only the beginning of %(value)s in the field "
        "“%(field)s”. The whole text stays in Odoo. Shorten it in Odoo to have the "
        "same in Exchange."
    ),
    "value_not_kept": _lt(
        "The mail server confirmed %(value)s in the field “%(field)s” but did not "
        "store it. It stays in Odoo only, and is not sent again before it is changed."
    ),
    "value_stays": _lt(
        "The mail server confirmed that %(value)s was removed from the field "
        "“%(field)s” but did not remove it. It is still in Exchange and not in Odoo. "
        "Remove it in Outlook."
    ),
    "no_place": _lt(
        "Exchange has no free field for %(value)s (“%(field)s”). It stays in Odoo "
        "only, unless you remove another value of this kind."
    ),
    "no_category": _lt(
        "Outlook would split or shorten %(value)s in the field “%(field)s”: a "
        "category has no comma, no semicolon and at most 255 characters. It stays in "
        "Odoo only; rename the tag to have it in Exchange."
    ),
}


def sentence(
    env: Environment,
    code: str,
    direction: str,
    field: tuple[str, str],
    values: tuple[str, str],
    reason: str = "",
) -> str | None:
    """Return the message about one value, in the language of the environment.

    :param code: a ``code`` of ``core/errors.py``, or of ``core/differences.py``
    :param direction: ``pull`` or ``push``
    :param field: the row's key and its label
    :param values: the values before and after
    :param reason: see ``core.errors.SyncError``
    :return: None if the code is not about a value
    """
    keys = [f"{code}/{direction}/reason"] if reason else []
    keys += [f"{code}/{direction}", code]
    known = next((SENTENCES[key] for key in keys if key in SENTENCES), None)
    if known is None:
        return None
    before, after = values
    value = before if code in ABOUT_VALUE_BEFORE else after
    text = env._(known)
    return text % {
        "value": _shown(env, field[0], value),
        "field": field[1],
        "reason": as_sentence(reason),
    }


def _shown(env: Environment, key: str, value: str) -> str:
    row = FIELDS.get(key)
    text = visible_text(value) if row and row.kind is Kind.NOTE else value
    text = shortened(text, SHOWN)
    if not text:
        return env._("an empty value")
    return env._("“%(text)s”", text=text)
