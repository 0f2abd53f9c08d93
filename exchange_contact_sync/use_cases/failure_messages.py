# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Explain failures: what happened, and what the user can do about it.

One sentence for each ``code`` of ``core/errors.py``, of ``storage/secret.py`` and the
deletion guard (``core/guard.py``), and for previews (``use_cases``); those for a
sign-in with Microsoft are in ``sign_in_messages.py``. A code with ``/pull`` or
``/push`` is for that direction only. Sentences that name a protocol are in
``protocols.py``. The server's own text is stored in another field, for administrators.
"""

from __future__ import annotations

from odoo.api import Environment
from odoo.models import BaseModel
from odoo.tools import LazyTranslate

from ..core.errors import MayNotWrite, SyncError
from . import rights
from .protocols import PROTOCOLS
from .sign_in_messages import OWNER
from .wording import as_sentence, shortened

_lt = LazyTranslate(__name__)

SENTENCES = {
    "unexpected": _lt(
        "Something unexpected happened. The synchronization is tried again later. If "
        "it keeps failing, ask your Odoo administrator to look into the server's log."
    ),
    "authentication_failed": _lt(
        "The mail server does not accept the e-mail address or the password. Check "
        "both and sign in again."
    ),
    "mailbox_not_found": _lt(
        "The mail server knows no mailbox with this e-mail address. Check the address, "
        "or ask the administrator of the mail server."
    ),
    "server_not_found": _lt(
        "No mail server was found for this e-mail address. Check the address, or ask "
        "your administrator to enter the server's address in the mail provider."
    ),
    "certificate_not_trusted": _lt(
        "The mail server's certificate is not trusted, so nothing was sent to it. Ask "
        "your administrator to add the certificate of its authority to the mail "
        "provider."
    ),
    "too_many_folders": _lt(
        "The mailbox has more contact folders than can be synchronized. In Outlook, "
        "delete those that are not needed."
    ),
    "request_too_large": _lt(
        "The mail server, or a proxy in front of it, refused a request as too large. "
        "It will be tried again; if this continues, ask your administrator."
    ),
    "not_encrypted": _lt(
        "The mail server does not encrypt the connection, so no password was sent to "
        "it. Ask your administrator to enter an address that begins with https:// in "
        "the mail provider."
    ),
    "not_a_mail_server": _lt(
        "A server answers at the mail provider's address, but it is not Exchange. If "
        "this continues, ask your administrator to check the address in the mail "
        "provider."
    ),
    "service_disabled": _lt(
        "The mail server refuses the service that contacts are synchronized with. If "
        "this continues, ask the administrator of the mail server to allow it for you."
    ),
    "access_denied": _lt(
        "The mail server does not let you use this mailbox or one of its folders. Ask "
        "the administrator of the mail server for access."
    ),
    "no_contact_folder": _lt(
        "The mailbox has no contact folder. Create one in Outlook, then refresh the "
        "folders."
    ),
    "server_unreachable": _lt(
        "The mail server does not answer or broke off the connection. The "
        "synchronization is tried again later; nothing was lost. If it keeps failing, "
        "ask your administrator."
    ),
    "server_busy": _lt(
        "The mail server is busy and asked Odoo to try again later. The "
        "synchronization continues automatically."
    ),
    "state_unknown": _lt(
        "The mail server no longer knows which changes it has already reported. The "
        "next synchronization compares all contacts once; nothing is lost."
    ),
    "folder_gone": _lt(
        "A chosen folder no longer exists in the mailbox, or no longer holds contacts. "
        "Refresh the folders and choose again."
    ),
    "mailbox_full": _lt(
        "The mailbox is full, so the mail server stores nothing new in it. Delete "
        "what you no longer need in Outlook and empty Deleted Items, or ask the "
        "administrator of the mail server for more space. Contacts are still "
        "imported; exports continue when there is space."
    ),
    "folder_read_only": _lt(
        "The mail server does not let you create contacts in the folder chosen for the "
        "export. Choose another folder in the settings of the account, or ask the "
        "administrator of the mail server for the right to create contacts there."
    ),
    "folder_malformed": _lt(
        "The mail server's list of the contacts in this folder cannot be read, so the "
        "folder was not synchronized. No contact was treated as deleted, and no new "
        "contact was exported. It is tried again with the next synchronization. If it "
        "keeps failing, ask the administrator of the mail server; your Odoo "
        "administrator sees the reason in the details."
    ),
    "answer_malformed": _lt(
        "The mail server gave an answer that cannot be read. The synchronization is "
        "tried again later; nothing was lost. If it keeps failing, ask the "
        "administrator of the mail server; your Odoo administrator sees the reason in "
        "the details."
    ),
    "folder_exists": _lt(
        "A folder with this name already exists. Choose another name, or refresh the "
        "folders and choose that one."
    ),
    "folder_forbidden": _lt(
        "You may not create folders there. Choose another place for the new folder, or "
        "ask the administrator of the mail server for the right to create folders."
    ),
    "folder_refused": _lt(
        "The mailbox does not accept a folder with this name. Choose another name."
    ),
    "filter_unusable": _lt(
        "This saved filter cannot be used, so it neither adds contacts to the export "
        "nor removes any. The settings of the account show what is wrong with it."
    ),
    "odoo_failed": _lt(
        "An app of Odoo failed while it read or wrote this contact, so nothing of it "
        "was synchronized. The other contacts were. Ask your Odoo administrator, who "
        "sees the reason in the details, then press “Retry”."
    ),
    "contact_failed": _lt(
        "The mail server could not read or write this contact. It is tried again with "
        "the next synchronization. If it keeps failing, your Odoo administrator sees "
        "the server's answer in the details."
    ),
    "contact_gone": _lt(
        "The contact no longer exists in the mailbox: it was deleted or moved there."
    ),
    "contact_changed": _lt(
        "The contact was changed in Exchange at the same moment. The next "
        "synchronization compares it again."
    ),
    "contact_forbidden": _lt(
        "You may not read or change this contact in Odoo. Ask the person responsible "
        "for it or your Odoo administrator."
    ),
    "may_not_write": _lt(
        "You may not change contacts in Odoo, so changes made in Exchange were not "
        "imported. Ask one of your administrators (%(administrators)s) for the right "
        "“%(right)s”. Changes made in Odoo are still exported."
    ),
    "belongs_to_user": _lt(
        "The contact cannot be archived in Odoo: it belongs to the active user "
        "%(names)s. Ask your Odoo administrator to archive the user first, then press "
        "“Retry”, or stop synchronizing this contact."
    ),
    "contact_of_user": _lt(
        "This contact is a user of Odoo, and only those who may manage users can "
        "change it. Ask your Odoo administrator."
    ),
    "value_forbidden": _lt(
        "A value of this contact is kept in a record of Odoo that you may not change. "
        "Ask the person responsible for it or your Odoo administrator."
    ),
    "contact_protected": _lt(
        "The mail server does not let you read or change this contact. Ask the owner "
        "of the mailbox or the administrator of the mail server for permission."
    ),
    "contact_damaged": _lt(
        "The mail server cannot read this contact because its data is damaged. Open it "
        "in Outlook and save it again, or create it anew there and delete the damaged "
        "one. It is tried again with the next synchronization."
    ),
    "value_unreadable": _lt(
        "The value of this field in Exchange cannot be read, or is too long, so the "
        "value in Odoo was not changed. Correct the field in Outlook; then it is "
        "synchronized again."
    ),
    "contact_invalid": _lt(
        "A value of this contact is not accepted by the other side. Correct the "
        "contact, then it is tried again."
    ),
    "contact_invalid/pull": _lt(
        "A value of this contact is not accepted by the other side, Odoo. Correct the "
        "contact in Outlook, then it is tried again. Your Odoo administrator sees the "
        "reason in the details."
    ),
    "contact_invalid/pull/reason": _lt(
        "Odoo does not accept this contact: %(reason)s Correct the contact in Outlook "
        "or ask your Odoo administrator; then it is tried again."
    ),
    "value_too_long": _lt(
        "A value of this contact is too long for Odoo. Shorten it in Outlook, then it "
        "is tried again. Your Odoo administrator sees the reason in the details."
    ),
    "contact_invalid/push": _lt(
        "A value of this contact is not accepted by the other side, Exchange. Correct "
        "the contact in Odoo, then it is tried again. Your Odoo administrator sees the "
        "reason in the details."
    ),
    "contact_too_large/pull": _lt(
        "The contact in Exchange is larger than can be synchronized. Shorten its "
        "notes in Outlook, or choose a smaller photo there; then it is synchronized "
        "again."
    ),
    "contact_too_large": _lt(
        "This contact is larger than the mail server accepts. Shorten its notes in "
        "Odoo, or choose a smaller photo, then it is tried again."
    ),
    "contact_without_name": _lt(
        "The contact has nothing that could be its name: no name, no company, no "
        "e-mail, no number. Enter a name in Exchange, then it is tried again."
    ),
    "too_many_deletions": _lt(
        "Nothing was deleted: this synchronization would have archived or deleted "
        "unusually many contacts, so it stopped. Choose in the account what happens to "
        "them."
    ),
    "side_suddenly_empty": _lt(
        "Nothing was deleted: one side has lost all of its synchronized contacts, so "
        "the synchronization stopped. Check the mailbox and its folders, then choose "
        "in the account what happens to the contacts."
    ),
    "over_deletion_limit": _lt(
        "None of this happens without your consent: a synchronization would stop and "
        "ask first, because unusually many contacts would be archived or deleted, or "
        "one side has lost all of its synchronized contacts."
    ),
    "preview_cut_short": _lt(
        "There are more changes than a preview has time for; only the first part is "
        "shown."
    ),
    "over_deletion_limit_cut_short": _lt(
        "None of this happens without your consent: a synchronization would stop and "
        "ask first, because unusually many contacts would be archived or deleted, or "
        "one side has lost all of its synchronized contacts. There are more changes "
        "than a preview has time for; only the first part is shown."
    ),
    "changed_meanwhile": _lt(
        "Another user changed the same contacts or settings at the same moment. Try "
        "again."
    ),
    "ambiguous": _lt(
        "Several contacts match this one, so none was chosen. Choose the right one, "
        "or merge the duplicates."
    ),
    "ambiguous_one": _lt(
        "A contact in Odoo looks like this one, but it is not certain that it is the "
        "same, or it is linked to another contact of the mailbox. Choose the right "
        "contact, or merge the duplicates."
    ),
    "no_place": _lt(
        "Exchange has no free field for this value. It stays in Odoo only, unless you "
        "remove another value of this kind."
    ),
    "no_category": _lt(
        "Outlook would split or shorten this tag: a category has no comma, no "
        "semicolon and at most 255 characters. It stays in Odoo only; rename the tag "
        "to have it in Exchange."
    ),
    "may_not_create": _lt(
        "You may not create contacts in Odoo, so no new contacts were imported. Ask "
        "one of your administrators (%(administrators)s) for the right “%(right)s”."
    ),
    "private_there": _lt(
        "A private contact of the mailbox is the same person, so this contact was not "
        "exported."
    ),
    "duplicate_partner": _lt(
        "Another contact in Odoo is the same person and is in the mailbox already, so "
        "this one was not exported. Merge the two contacts, or correct the one that is "
        "wrong."
    ),
    "private": _lt("A private contact was skipped, as set in your account."),
    "photo_removed": _lt("The photo was removed, as it was on the other side."),
    "photo_not_kept": _lt(
        "The mail server confirmed the photo but did not store it. The photo stays in "
        "Odoo, and is not sent again before it is changed."
    ),
    "stopped_gone": _lt(
        "The contact was deleted in Exchange, or moved out of the chosen folders. It "
        "stays in Odoo and is no longer synchronized."
    ),
    "stopped_folder": _lt(
        "The folder of this contact was deleted in Exchange. The contact stays in Odoo "
        "and is not synchronized until the folder is restored, or the contact is moved "
        "to another folder."
    ),
    "stopped_private": _lt(
        "The contact was marked private in Exchange, so it is no longer synchronized."
    ),
    "stopped_archived": _lt(
        "The contact was archived or deleted in Odoo. It stays in Exchange and is no "
        "longer synchronized."
    ),
    "stopped_left": _lt(
        "The contact is no longer among those chosen for the export. It stays in "
        "Exchange and is no longer synchronized."
    ),
    "stopped_person": _lt("A user stopped synchronizing this contact."),
    "left_alone": _lt(
        "The contact was changed since you decided, or can no longer be changed back, "
        "so nothing was done to it."
    ),
    "interrupted": _lt(
        "The synchronization was interrupted because the server stopped. The next one "
        "goes on where it ended."
    ),
    "reset": _lt(
        "The synchronization ended unfinished because it was reset. The next one "
        "starts from the beginning."
    ),
    "saved_for_another": _lt(
        "The saved password was entered for another mail server or mailbox, so it was "
        "not sent to this one. Enter the password and sign in again."
    ),
    "service_password_lost": _lt(
        "The saved password of the mail provider's service account can no longer be "
        "used. Ask your administrator to enter it again."
    ),
    "not_own_mailbox": _lt(
        "With this mail provider you can connect your own mailbox only: the one whose "
        "address is your Odoo login. Change the e-mail address, or ask your "
        "administrator."
    ),
    "key_lost": _lt(
        "The saved password can no longer be read because the server's key has "
        "changed. Enter the password and sign in again."
    ),
    "key_unusable": _lt(
        "The server's key for passwords is not valid. Ask your administrator to "
        "correct it in the server's configuration."
    ),
    "key_file_unreadable": _lt(
        "The file with the server's key for passwords cannot be read. Ask your "
        "administrator to look at the file and at its permissions."
    ),
    "key_file_not_made": _lt(
        "The server has no key for passwords yet, and cannot save one. Ask your "
        "administrator to configure a key, or to let Odoo write to its data folder."
    ),
    **OWNER,
}

RIGHTS = {MayNotWrite.code, "may_not_create"}
"""Codes of a missing right: their sentences name administrators who can grant it."""


def sentence(
    env: Environment,
    code: str | bool,
    direction: str = "",
    kind: str = "",
    reason: str = "",
) -> str | bool:
    """Return the message about a failure, in the language of the environment.

    :param code: a ``code`` of ``core/errors.py``, or False
    :param direction: ``pull`` or ``push`` where the sentence is about one of them
    :param kind: of the mail provider, where it is known
    :param reason: see ``core.errors.SyncError``
    :return: False if there is no code
    """
    if not isinstance(code, str) or not code:
        return False
    if kind in PROTOCOLS and code in PROTOCOLS[kind].failures:
        return env._(PROTOCOLS[kind].failures[code])
    keys = [f"{code}/{direction}/reason"] if reason else []
    keys += [f"{code}/{direction}", code, SyncError.code]
    text = env._(next(SENTENCES[key] for key in keys if key in SENTENCES))
    values = {"reason": as_sentence(reason), "names": shortened(reason)}
    return text % {**values, **(rights.missing_right(env) if code in RIGHTS else {})}


def sentence_of(account: BaseModel, code: str | bool) -> str | bool:
    """Return the message about a failure of an account, in the language of its
    environment.

    :return: False if there is no code
    """
    kind = account.sudo().provider_id.kind or ""
    return sentence(account.env, code, kind=kind)
