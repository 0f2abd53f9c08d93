# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Decide which folders of a mailbox hold contacts that people keep."""

CONTACTS = "IPF.Contact"
"""The class of a contact folder ([MS-OXOSFLD] 2.2.5); folders of subclasses hold
contacts too.
"""

TECHNICAL_CLASSES = frozenset(
    name.lower()
    for name in (
        # [MS-OXOCNTC] 2.2.3: used by the instant messaging program; they also hold
        # distribution lists.
        "IPF.Contact.MOC.QuickContacts",
        "IPF.Contact.MOC.ImContactList",
        # [MS-OXODLGT] and [MS-OXOSFLD] do not name the others. They are the folder
        # classes of the well-known folders "recipientcache", "companycontacts",
        # "organizationalcontacts" and so on (exchangelib, folders/known_folders.py).
        # The server fills them with people the user has written to or who are in the
        # directory.
        "IPF.Contact.RecipientCache",
        "IPF.Contact.Company",
        "IPF.Contact.GalContacts",
        "IPF.Contact.OrganizationalContacts",
        "IPF.Contact.PeopleCentricConversationBuddies",
    )
)


def holds_contacts(folder_class: str) -> bool:
    """Return whether a folder holds contacts.

    :param folder_class: PidTagContainerClass
    """
    name, base = folder_class.lower(), CONTACTS.lower()
    return name == base or name.startswith(f"{base}.")


def is_technical(folder_class: str) -> bool:
    """Return whether a folder is used by programs and not by people.

    :param folder_class: PidTagContainerClass
    """
    return folder_class.lower() in TECHNICAL_CLASSES
