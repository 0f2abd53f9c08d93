# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people read when something failed: what happened and what to do about it.

One sentence for each ``code`` of ``core/errors.py``, of ``secret.py`` and of the
brake (``core/guard.py``), and for what is to be said of a preview
(``composition.py``). What the server said in its own words is kept in a field of its
own, for administrators.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    "unexpected": _lt(
        "Something unexpected happened. It is tried again later; if it stays, show "
        "the server's log to your administrator."
    ),
    "authentication_failed": _lt(
        "The mail server does not accept the e-mail address or the password. Check "
        "both and sign in again."
    ),
    "mailbox_not_found": _lt(
        "The mail server knows no mailbox with this e-mail address. Check the address."
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
    "not_a_mail_server": _lt(
        "A server answers at the mail provider's address, but it is not Exchange. Ask "
        "your administrator to check the address in the mail provider."
    ),
    "service_disabled": _lt(
        "Exchange Web Services are switched off for this mailbox. Ask the "
        "administrator of the mail server to allow them for you."
    ),
    "access_denied": _lt(
        "The mail server does not let you use this mailbox. Ask the administrator of "
        "the mail server for access."
    ),
    "no_contact_folder": _lt(
        "The mailbox has no contact folder. Create one in Outlook, then refresh the "
        "folders."
    ),
    "server_unreachable": _lt(
        "The mail server does not answer or broke off. It is tried again later; "
        "nothing was lost."
    ),
    "server_busy": _lt(
        "The mail server is busy and asked us to come back later. The synchronization "
        "goes on by itself."
    ),
    "state_unknown": _lt(
        "The mail server no longer knows how far we were. The next synchronization "
        "compares everything once; nothing is lost."
    ),
    "folder_gone": _lt(
        "A chosen folder no longer exists in the mailbox. Refresh the folders and "
        "choose again."
    ),
    "folder_exists": _lt(
        "There is a folder of this name already. Choose another name, or refresh the "
        "folders and choose that one."
    ),
    "folder_forbidden": _lt(
        "You may not create folders there. Choose another place for it, or ask the "
        "administrator of the mail server."
    ),
    "folder_refused": _lt(
        "The mailbox does not accept a folder of this name. Choose another name."
    ),
    "contact_failed": _lt(
        "The mail server could not read or write this contact. It is tried again with "
        "the next synchronization."
    ),
    "contact_gone": _lt("The contact no longer exists in the mailbox."),
    "contact_changed": _lt(
        "The contact was changed at the same moment. It is compared again with the "
        "next synchronization."
    ),
    "contact_forbidden": _lt(
        "You may not read or change this contact. Ask its responsible person or your "
        "administrator."
    ),
    "contact_invalid": _lt(
        "A value of this contact is not accepted by the other side. Correct the "
        "contact, then it is tried again."
    ),
    "contact_without_name": _lt(
        "The contact has no name, company, e-mail or phone to call it by. Give it a "
        "name in Exchange, then it is tried again."
    ),
    "too_many_deletions": _lt(
        "Nothing was deleted: this synchronization would have archived or deleted "
        "unusually many contacts. Check both sides; if all is right, press "
        "“Do it”."
    ),
    "side_suddenly_empty": _lt(
        "Nothing was deleted: one side has lost all of its synchronized contacts. "
        "Check the mailbox and its folders; if all is right, press “Do it”."
    ),
    "would_brake": _lt(
        "Nothing of this happens without your consent: a synchronization would stop "
        "and ask first, because unusually many contacts would be archived or deleted, "
        "or one side has lost all of its synchronized contacts."
    ),
    "preview_cut_short": _lt(
        "There is more to do than a preview can look through in its time. This is the "
        "first part only."
    ),
    "would_brake_cut_short": _lt(
        "Nothing of this happens without your consent: a synchronization would stop "
        "and ask first, because unusually many contacts would be archived or deleted, "
        "or one side has lost all of its synchronized contacts. There is more to do "
        "than a preview can look through in its time. This is the first part only."
    ),
    "changed_meanwhile": _lt(
        "Somebody changed the same contacts or settings at the same moment. Try again."
    ),
    "ambiguous": _lt(
        "Several contacts could be this one, so none was chosen. Say which one it is, "
        "or merge the duplicates."
    ),
    "no_place": _lt(
        "Exchange has no place left for this value. It stays in Odoo only."
    ),
    "no_category": _lt(
        "Outlook would take this tag apart or cut it: a category has no comma, no "
        "semicolon and at most 255 characters. It stays in Odoo only; rename the tag "
        "to have it in Exchange."
    ),
    "may_not_create": _lt(
        "You may not create contacts in Odoo, so nobody new was imported. Ask your "
        "administrator for the right “Contact Creation”."
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
    "private": _lt("A private contact was left out, as your rules say."),
    "stopped_gone": _lt(
        "The contact was deleted in Exchange, or moved out of the chosen folders. It "
        "stays in Odoo and is no longer synchronized."
    ),
    "stopped_private": _lt(
        "The contact was marked private in Exchange, so it is no longer synchronized."
    ),
    "stopped_archived": _lt(
        "The contact was archived or deleted in Odoo. It stays in Exchange and is no "
        "longer synchronized."
    ),
    "stopped_left": _lt(
        "The contact is no longer among those to export. It stays in Exchange and is "
        "no longer synchronized."
    ),
    "stopped_person": _lt("Somebody stopped synchronizing this contact."),
    "left_alone": _lt(
        "The contact was changed since, or can no longer be changed back, so it was "
        "left alone."
    ),
    "interrupted": _lt(
        "The synchronization was interrupted because the server stopped. The next one "
        "goes on where it ended."
    ),
    "reset": _lt(
        "The synchronization ended unfinished because it was reset. The next one "
        "begins from the beginning."
    ),
    "key_lost": _lt(
        "The saved password cannot be read any more because the server's key has "
        "changed. Enter the password and sign in again."
    ),
    "key_unusable": _lt(
        "The server's key for passwords is not valid. Ask your administrator to "
        "correct it in the server's configuration."
    ),
}


def sentence(env, code):
    """The sentence people read.

    :param env: odoo.api.Environment, its language is used
    :param code: str or False, a ``code`` of ``core/errors.py``
    :return: str, or False when there is no code
    """
    if not code:
        return False
    return env._(SENTENCES.get(code, SENTENCES["unexpected"]))
