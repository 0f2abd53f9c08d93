# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties that all items have, in the order of the schema (ItemType).

Which belong to the Default and AllProperties shapes: tables 3 and 4 of the EWS page
"Property sets and response shapes in EWS in Exchange".
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..store.values import Value
from ..xmltext import attribute
from . import body
from .kinds import (
    BINARY,
    BODY,
    BOOLEAN,
    DATE_TIME,
    INTEGER,
    LANGUAGE,
    MARKUP,
    STRINGS,
    Choice,
    Writer,
)
from .property import Property, constant, stored

if TYPE_CHECKING:
    from ..store.item import Item


class _IdKind:
    """An element with the attributes Id and ChangeKey."""

    def read(self, element: object) -> Value:
        raise AssertionError("identifiers are read-only")

    def writer(self, name: str) -> Writer:
        return lambda pair: (
            f'<t:{name} Id="{attribute(pair[0])}" ChangeKey="{attribute(pair[1])}"/>'
        )

    def check(self, value: object) -> Value:
        raise ValueError("identifiers are read-only")


ID = _IdKind()
READ_ONLY = "ErrorInvalidPropertySet"
"""The response code for a client that sets a property which only the server sets."""

RIGHTS = (
    "<t:CreateAssociated>{0}</t:CreateAssociated><t:CreateContents>{0}"
    "</t:CreateContents><t:CreateHierarchy>{0}</t:CreateHierarchy>"
    "<t:Delete>true</t:Delete><t:Modify>true</t:Modify><t:Read>true</t:Read>"
    "<t:ViewPrivateItems>true</t:ViewPrivateItems>"
)


def _nothing(item: Item) -> None:
    return None


def _created(item: Item) -> Value:
    return item.created


def _parent(item: Item) -> Value:
    return (item.folder.id, item.folder.change_key)


def _size(item: Item) -> Value:
    """A believable size in bytes: what the values and attachments take."""
    values = sum(2 * len(str(value)) + 8 for value in item.values.values())
    return 600 + values + sum(each.size for each in item.attachments)


def _attachments(item: Item) -> Value | None:
    from .attachments import write_attachment

    return "".join(write_attachment(item, each) for each in item.attachments) or None


def _instance_key(item: Item) -> Value:
    return item.number.to_bytes(8, "big") + item.folder.number.to_bytes(8, "big")


def _store_entry_id(item: Item) -> Value:
    return b"\x00" * 4 + base64.b64decode(item.id)[:60]


def _query_string(item: Item) -> Value:
    return f"?ae=Item&t={item.item_class}&id={quote(item.id, safe='')}"


def _absent(uri: str) -> Property:
    """A property of the schema that no item of the simulator has."""
    name = uri.partition(":")[2]
    return Property(uri, name, MARKUP, READ_ONLY, in_all=False, get=_nothing)


ITEM_SUBJECT = Property("item:Subject", "Subject", in_default=True)

COMMON_PROPERTIES_BEFORE_EXTENDED = (
    Property(
        "item:MimeContent",
        "MimeContent",
        refusal="ErrorUnsupportedMimeConversion",
        in_list="ErrorInvalidPropertyForOperation",
        in_all=False,
        get=_nothing,
    ),
    Property(
        "item:ItemId",
        "ItemId",
        ID,
        refusal=READ_ONLY,
        in_default=True,
        get=lambda item: (item.id, item.change_key),
    ),
    Property("item:ParentFolderId", "ParentFolderId", ID, READ_ONLY, get=_parent),
    Property("item:ItemClass", "ItemClass", get=lambda item: item.item_class),
    ITEM_SUBJECT,
    Property(
        "item:Sensitivity",
        "Sensitivity",
        Choice("Normal", "Personal", "Private", "Confidential"),
        get=stored("item:Sensitivity", "Normal"),
    ),
    Property(
        "item:Body", "Body", BODY, in_list=None, get=stored("item:Body", body.EMPTY)
    ),
    Property(
        "item:Attachments",
        "Attachments",
        MARKUP,
        READ_ONLY,
        in_list=None,
        get=_attachments,
    ),
    Property(
        "item:DateTimeReceived",
        "DateTimeReceived",
        DATE_TIME,
        READ_ONLY,
        get=_created,
    ),
    Property("item:Size", "Size", INTEGER, READ_ONLY, get=_size),
    Property("item:Categories", "Categories", STRINGS),
    Property(
        "item:Importance",
        "Importance",
        Choice("Low", "Normal", "High"),
        get=stored("item:Importance", "Normal"),
    ),
    Property("item:InReplyTo", "InReplyTo"),
    *(
        Property(f"item:{name}", name, BOOLEAN, READ_ONLY, get=constant(False))
        for name in ("IsSubmitted", "IsDraft", "IsFromMe", "IsResend", "IsUnmodified")
    ),
    Property(
        "item:InternetMessageHeaders",
        "InternetMessageHeaders",
        MARKUP,
        READ_ONLY,
        in_list=None,
        get=_nothing,
    ),
    Property("item:DateTimeSent", "DateTimeSent", DATE_TIME, READ_ONLY, get=_created),
    Property(
        "item:DateTimeCreated", "DateTimeCreated", DATE_TIME, READ_ONLY, get=_created
    ),
    Property(
        "item:ResponseObjects",
        "ResponseObjects",
        MARKUP,
        READ_ONLY,
        in_list=None,
        get=constant("<t:ForwardItem/>"),
    ),
    Property("item:ReminderDueBy", "ReminderDueBy", DATE_TIME),
    Property(
        "item:ReminderIsSet",
        "ReminderIsSet",
        BOOLEAN,
        get=stored("item:ReminderIsSet", False),
    ),
    Property("item:ReminderNextTime", "ReminderNextTime", DATE_TIME, in_all=False),
    Property(
        "item:ReminderMinutesBeforeStart",
        "ReminderMinutesBeforeStart",
        INTEGER,
        get=stored("item:ReminderMinutesBeforeStart", 0),
    ),
    Property(
        "item:DisplayCc",
        "DisplayCc",
        refusal=READ_ONLY,
        get=lambda item: _names(item, "message:CcRecipients"),
    ),
    Property(
        "item:DisplayTo",
        "DisplayTo",
        refusal=READ_ONLY,
        get=lambda item: _names(item, "message:ToRecipients"),
    ),
    Property(
        "item:HasAttachments",
        "HasAttachments",
        BOOLEAN,
        READ_ONLY,
        in_default=True,
        get=lambda item: bool(item.attachments),
    ),
)

COMMON_PROPERTIES_AFTER_EXTENDED = (
    Property("item:Culture", "Culture", LANGUAGE, get=stored("item:Culture", "en-US")),
    Property(
        "item:EffectiveRights",
        "EffectiveRights",
        MARKUP,
        READ_ONLY,
        get=constant(RIGHTS.format("false")),
    ),
    Property(
        "item:LastModifiedName",
        "LastModifiedName",
        refusal=READ_ONLY,
        get=lambda item: item.folder.mailbox.display_name,
    ),
    Property(
        "item:LastModifiedTime",
        "LastModifiedTime",
        DATE_TIME,
        READ_ONLY,
        get=lambda item: item.modified,
    ),
    Property(
        "item:IsAssociated",
        "IsAssociated",
        BOOLEAN,
        READ_ONLY,
        get=lambda item: item.is_associated,
    ),
    Property(
        "item:WebClientReadFormQueryString",
        "WebClientReadFormQueryString",
        refusal=READ_ONLY,
        get=_query_string,
    ),
    Property(
        "item:WebClientEditFormQueryString",
        "WebClientEditFormQueryString",
        refusal=READ_ONLY,
        get=lambda item: f"{_query_string(item)}&exvsurl=1",
    ),
    Property("item:ConversationId", "ConversationId", ID, READ_ONLY, get=_nothing),
    Property(
        "item:UniqueBody", "UniqueBody", BODY, READ_ONLY, in_list=None, in_all=False
    ),
    Property(
        "item:Flag",
        "Flag",
        MARKUP,
        READ_ONLY,
        get=constant("<t:FlagStatus>NotFlagged</t:FlagStatus>"),
    ),
    Property(
        "item:StoreEntryId",
        "StoreEntryId",
        BINARY,
        READ_ONLY,
        in_all=False,
        get=_store_entry_id,
    ),
    Property(
        "item:InstanceKey",
        "InstanceKey",
        BINARY,
        READ_ONLY,
        in_all=False,
        get=_instance_key,
    ),
    Property(
        "item:NormalizedBody",
        "NormalizedBody",
        BODY,
        READ_ONLY,
        in_list=None,
        in_all=False,
        get=stored("item:Body", body.EMPTY),
    ),
    *map(_absent, ("item:EntityExtractionResult", "item:PolicyTag", "item:ArchiveTag")),
    Property(
        "item:RetentionDate",
        "RetentionDate",
        DATE_TIME,
        READ_ONLY,
        in_all=False,
        get=_nothing,
    ),
    Property(
        "item:Preview",
        "Preview",
        refusal=READ_ONLY,
        in_all=False,
        get=lambda item: body.as_text(item.values.get("item:Body", body.EMPTY))[:255],
    ),
    *map(
        _absent,
        (
            "item:RightsManagementLicenseData",
            "item:NextPredictedAction",
            "item:GroupingAction",
            "item:PredictedActionReasons",
            "item:IsClutter",
            "item:BlockStatus",
            "item:HasBlockedImages",
        ),
    ),
    Property(
        "item:TextBody",
        "TextBody",
        BODY,
        READ_ONLY,
        in_list="ErrorInvalidPropertyForOperation",
        in_all=False,
        get=lambda i: ("Text", body.as_text(i.values.get("item:Body", body.EMPTY))),
    ),
    Property(
        "item:IconIndex", "IconIndex", MARKUP, READ_ONLY, in_all=False, get=_nothing
    ),
)


def _names(item: Item, key: str) -> Value:
    people = item.values.get(key, [])
    return "; ".join(
        each.get("Name") or each.get("EmailAddress", "") for each in people
    )
