# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The folders that every mailbox has from its first day.

Sources: the EWS page "DistinguishedFolderId" for the names, and exchangelib's
folders/known_folders.py for classes and for the folders without a well-known name,
which were collected from real mailboxes. Folders whose class begins with
``IPF.Contact.`` are the server's own: real mailboxes have them, and a client that
synchronizes contacts must leave them alone. They carry PidTagAttributeHidden
([MS-OXPROPS] 2.572); which others do is not documented.
"""

from __future__ import annotations

from typing import NamedTuple


class FolderPlan(NamedTuple):
    """One folder to make: below which, under which name, of which class.

    :param parent: the name of the folder above, "" for the root itself
    :param folder_class: "" for a folder without a class
    :param distinguished_id: None for a folder without a well-known name
    :param is_hidden: whether clients should not show it
    """

    parent: str
    name: str
    folder_class: str = ""
    distinguished_id: str | None = None
    is_hidden: bool = False


_ROOT = "root"
_TOP = "Top of Information Store"
_FINDER = "Finder"
_RECOVERABLE = "Recoverable Items"
_ISSUES = "Sync Issues"
_CONTACTS = "Contacts"

_OUTSIDE = (
    FolderPlan(_ROOT, _TOP, "", "msgfolderroot"),
    FolderPlan(_ROOT, _FINDER, "", "searchfolders"),
    FolderPlan(_ROOT, _RECOVERABLE, "", "recoverableitemsroot"),
    FolderPlan(_RECOVERABLE, "Calendar Logging"),
    FolderPlan(_RECOVERABLE, "Deletions", "", "recoverableitemsdeletions"),
    FolderPlan(_RECOVERABLE, "Versions", "", "recoverableitemsversions"),
    FolderPlan(_RECOVERABLE, "Purges", "", "recoverableitemspurges"),
    FolderPlan(_FINDER, "MyContacts", "IPF.Note", "mycontacts"),
    FolderPlan(_FINDER, "MyContactsExtended", "IPF.Note"),
    *(
        FolderPlan(_ROOT, name)
        for name in (
            "Common Views",
            "Deferred Action",
            "ExchangeSyncData",
            "Freebusy Data",
            "Location",
            "MailboxAssociations",
            "Schedule",
            "Shortcuts",
            "Spooler Queue",
            "System",
            "Views",
            "Working Set",
        )
    ),
    FolderPlan(_ROOT, "Reminders", "Outlook.Reminder"),
    FolderPlan(_ROOT, "Sharing", "IPF.Note"),
    FolderPlan(_ROOT, "To-Do Search", "IPF.Task", "todosearch"),
)
_INSIDE = (
    FolderPlan(_TOP, "Calendar", "IPF.Appointment", "calendar"),
    FolderPlan(_TOP, _CONTACTS, "IPF.Contact", "contacts"),
    FolderPlan(
        _TOP, "Conversation Action Settings", "IPF.Configuration", is_hidden=True
    ),
    FolderPlan(_TOP, "Conversation History", "", "conversationhistory"),
    FolderPlan(_TOP, "Deleted Items", "IPF.Note", "deleteditems"),
    FolderPlan(_TOP, "Drafts", "IPF.Note", "drafts"),
    FolderPlan(_TOP, "Inbox", "IPF.Note", "inbox"),
    FolderPlan(_TOP, "Journal", "IPF.Journal", "journal"),
    FolderPlan(_TOP, "Junk Email", "IPF.Note", "junkemail"),
    FolderPlan(_TOP, "Notes", "IPF.StickyNote", "notes"),
    FolderPlan(_TOP, "Outbox", "IPF.Note", "outbox"),
    FolderPlan(_TOP, "Sent Items", "IPF.Note", "sentitems"),
    FolderPlan(_TOP, _ISSUES, "IPF.Note", "syncissues"),
    FolderPlan(_TOP, "Tasks", "IPF.Task", "tasks"),
    FolderPlan(_ISSUES, "Conflicts", "", "conflicts"),
    FolderPlan(_ISSUES, "Local Failures", "", "localfailures"),
    FolderPlan(_ISSUES, "Server Failures", "", "serverfailures"),
)
_BELOW_CONTACTS = (
    ("Recipient Cache", "RecipientCache", "recipientcache"),
    (
        "{06967759-274D-40B2-A3EB-D7F9E73727D7}",
        "MOC.QuickContacts",
        "quickcontacts",
    ),
    (
        "{A9E2BC46-B3A0-4243-B315-60D991004455}",
        "MOC.ImContactList",
        "imcontactlist",
    ),
    ("GAL Contacts", "GalContacts", None),
    ("Organizational Contacts", "OrganizationalContacts", None),
)

FOLDER_PLANS: tuple[FolderPlan, ...] = (
    FolderPlan("", _ROOT, "", "root"),
    *_OUTSIDE,
    *_INSIDE,
    *(
        FolderPlan(_CONTACTS, name, f"IPF.Contact.{kind}", known, is_hidden=True)
        for name, kind, known in _BELOW_CONTACTS
    ),
)
