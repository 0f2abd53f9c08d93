# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The folders that every mailbox has from its first day.

Sources: the EWS page "DistinguishedFolderId" for the names, and the folder classes in
exchangelib's folders/known_folders.py, which were collected from real mailboxes. The
children of Contacts whose class begins with ``IPF.Contact.`` are the server's own: real
mailboxes have them, and a client that synchronizes contacts must leave them alone.
"""

from __future__ import annotations

from typing import NamedTuple


class FolderPlan(NamedTuple):
    """One folder to make: below which, under which name, of which class.

    :param parent: the name of the folder above, "" for the root itself
    :param distinguished_id: None for a folder without a well-known name
    """

    parent: str
    name: str
    folder_class: str
    distinguished_id: str | None


_TOP = "Top of Information Store"
_RECOVERABLE = "Recoverable Items"

FOLDER_PLANS: tuple[FolderPlan, ...] = (
    FolderPlan("", "Root", "", "root"),
    FolderPlan("Root", _TOP, "IPF.Note", "msgfolderroot"),
    FolderPlan("Root", "Finder", "", "searchfolders"),
    FolderPlan("Root", "Common Views", "", None),
    FolderPlan("Root", "Views", "", None),
    FolderPlan("Root", _RECOVERABLE, "", "recoverableitemsroot"),
    FolderPlan(_RECOVERABLE, "Deletions", "", "recoverableitemsdeletions"),
    FolderPlan(_RECOVERABLE, "Versions", "", "recoverableitemsversions"),
    FolderPlan(_RECOVERABLE, "Purges", "", "recoverableitemspurges"),
    FolderPlan(_TOP, "Calendar", "IPF.Appointment", "calendar"),
    FolderPlan(_TOP, "Contacts", "IPF.Contact", "contacts"),
    FolderPlan(_TOP, "Conversation History", "IPF.Note", "conversationhistory"),
    FolderPlan(_TOP, "Deleted Items", "IPF.Note", "deleteditems"),
    FolderPlan(_TOP, "Drafts", "IPF.Note", "drafts"),
    FolderPlan(_TOP, "Inbox", "IPF.Note", "inbox"),
    FolderPlan(_TOP, "Journal", "IPF.Journal", "journal"),
    FolderPlan(_TOP, "Junk Email", "IPF.Note", "junkemail"),
    FolderPlan(_TOP, "Notes", "IPF.StickyNote", "notes"),
    FolderPlan(_TOP, "Outbox", "IPF.Note", "outbox"),
    FolderPlan(_TOP, "Sent Items", "IPF.Note", "sentitems"),
    FolderPlan(_TOP, "Sync Issues", "IPF.Note", "syncissues"),
    FolderPlan(_TOP, "Tasks", "IPF.Task", "tasks"),
    FolderPlan("Sync Issues", "Conflicts", "IPF.Note", "conflicts"),
    FolderPlan("Sync Issues", "Local Failures", "IPF.Note", "localfailures"),
    FolderPlan("Sync Issues", "Server Failures", "IPF.Note", "serverfailures"),
    FolderPlan(
        "Contacts", "Recipient Cache", "IPF.Contact.RecipientCache", "recipientcache"
    ),
    FolderPlan(
        "Contacts",
        "{06967759-274D-40B2-A3EB-D7F9E73727D7}",
        "IPF.Contact.MOC.QuickContacts",
        "quickcontacts",
    ),
    FolderPlan(
        "Contacts",
        "{A9E2BC46-B3A0-4243-B315-60D991004455}",
        "IPF.Contact.MOC.ImContactList",
        "imcontactlist",
    ),
    FolderPlan("Contacts", "GAL Contacts", "IPF.Contact.GalContacts", None),
)
