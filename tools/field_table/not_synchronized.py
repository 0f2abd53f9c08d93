# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which properties of a contact are not synchronized, and why not.

Together with ``properties.py`` these are all elements of the published schema
(types.xsd: ``ContactItemType`` and ``ItemType``, from which it is derived): none is
forgotten. A property that is named here is never written, so it stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from exchange_contact_sync.ews.contacts.properties import (
    PROPERTIES,
    Body,
    Entry,
    Extended,
    Plain,
    Property,
    Strings,
)


@dataclass(frozen=True)
class Left:
    """Elements that share a reason.

    :param elements: tuple of str, names in the schema
    :param reason: str, a sentence for people
    """

    elements: tuple[str, ...]
    reason: str


def element_of(prop: Property) -> str:
    """:param prop: Property
    :return: str, name of the element that is synchronized as a whole; "" when the
        property is one of many within an element (see ``USED_OTHERWISE``)
    """
    match prop:
        case Plain(element=name) | Strings(element=name) | Entry(container=name):
            return name
        case Body():
            return "Body"
        case Extended():
            return ""
    raise TypeError(f"which element is {prop}?")


SYNCHRONIZED = frozenset(map(element_of, PROPERTIES.values())) - {""}
"""The elements that a row of the table is kept in."""

USED_OTHERWISE = (
    Left(
        ("ItemId",),
        "Names the contact, and the version a change is based on.",
    ),
    Left(
        ("ParentFolderId",),
        "Tells which folder the contact lies in: only chosen folders take part.",
    ),
    Left(
        ("Sensitivity",),
        "A private contact stays out when the account says so; never written.",
    ),
    Left(
        ("LastModifiedTime",),
        "Decides a conflict when the newest value is to win.",
    ),
    Left(
        ("DateTimeCreated",),
        "Of several copies of one contact the oldest is taken for the original.",
    ),
    Left(
        ("Attachments",),
        "The one that is the photo of the contact is synchronized; other files and"
        " items that somebody attached are left alone.",
    ),
    Left(
        ("ExtendedProperty",),
        "The title, the personal website and this addon's mark are kept in some;"
        " those of other programs are left alone.",
    ),
)
"""What is read or written, but is no value of the contact by itself."""

OF_CONTACTS = (
    Left(
        ("FileAsMapping",),
        "The rule by which Exchange makes FileAs, which is synchronized itself;"
        " Exchange drops the rule when another FileAs is written.",
    ),
    Left(
        ("CompleteName",),
        "Exchange puts it together from the parts of the name and lets nobody write"
        " it; the parts are synchronized.",
    ),
    Left(
        ("Companies",),
        "A list that Outlook hardly shows; the company it shows is CompanyName, which"
        " is synchronized.",
    ),
    Left(
        ("PostalAddressIndex",),
        "The address that letters go to; in Odoo that is always the contact's own,"
        " the business address.",
    ),
    Left(("Children",), "Private, and Odoo has no field for it."),
    Left(("Mileage",), "A note on travel expenses; Odoo has no field for it."),
    Left(
        ("ContactSource",),
        "Tells the results of a search in the directory from those in the mailbox.",
    ),
    Left(
        ("HasPicture",),
        "Exchange's own remark that a photo is attached; nobody can write it.",
    ),
    Left(
        ("PhoneticFullName", "PhoneticFirstName", "PhoneticLastName"),
        "Only entries of the organisation's directory have it; how Outlook keeps the"
        " sound of a contact's name, EWS has no element for.",
    ),
    Left(
        ("Notes",),
        "Only entries of the organisation's directory have it; the notes of a contact"
        " are its Body, which is synchronized.",
    ),
    Left(
        ("Photo",),
        "Only entries of the organisation's directory have it; the photo of a contact"
        " is attached to it, and synchronized.",
    ),
    Left(
        (
            "Alias",
            "UserSMIMECertificate",
            "MSExchangeCertificate",
            "DirectoryId",
            "ManagerMailbox",
            "DirectReports",
        ),
        "Only entries of the organisation's directory have it; a contact in a mailbox"
        " has not, and Exchange refuses to write it.",
    ),
)
"""Elements of ``ContactItemType``."""

OF_ITEMS = (
    Left(
        ("HasAttachments",),
        "Exchange's own remark that something is attached.",
    ),
    Left(
        ("Subject",),
        "Of a contact it is the display name, which is synchronized.",
    ),
    Left(
        ("ItemClass", "Culture"),
        "A setting of the program that made the contact.",
    ),
    Left(
        (
            "Importance",
            "Flag",
            "ReminderDueBy",
            "ReminderIsSet",
            "ReminderNextTime",
            "ReminderMinutesBeforeStart",
        ),
        "What the mailbox's owner means to do about the contact; says nothing of the"
        " person.",
    ),
    Left(
        ("UniqueBody", "NormalizedBody", "TextBody", "Preview", "MimeContent"),
        "Another view of what is synchronized, made by Exchange.",
    ),
    Left(
        ("PolicyTag", "ArchiveTag", "RetentionDate"),
        "How long the organisation keeps the item in this mailbox.",
    ),
    Left(
        (
            "Size",
            "IsAssociated",
            "EffectiveRights",
            "LastModifiedName",
            "WebClientReadFormQueryString",
            "WebClientEditFormQueryString",
            "StoreEntryId",
            "InstanceKey",
            "ResponseObjects",
            "IconIndex",
        ),
        "Exchange's own bookkeeping; nobody can write it.",
    ),
    Left(
        (
            "DateTimeReceived",
            "DateTimeSent",
            "InReplyTo",
            "InternetMessageHeaders",
            "IsSubmitted",
            "IsDraft",
            "IsFromMe",
            "IsResend",
            "IsUnmodified",
            "DisplayCc",
            "DisplayTo",
            "ConversationId",
            "EntityExtractionResult",
            "RightsManagementLicenseData",
            "NextPredictedAction",
            "GroupingAction",
            "PredictedActionReasons",
            "IsClutter",
            "BlockStatus",
            "HasBlockedImages",
        ),
        "Made for messages; of a contact it tells nothing.",
    ),
)
"""Elements that contacts have in common with all other items."""
