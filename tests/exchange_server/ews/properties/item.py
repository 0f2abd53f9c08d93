# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties that all items have, in the order of the schema (ItemType).

Which belong to the Default and AllProperties shapes: tables 3 and 4 of the EWS page
"Property sets and response shapes in EWS in Exchange".
"""

from __future__ import annotations

from ...properties import body
from ...properties.made import MADE
from . import computed
from .kinds import (
    BINARY,
    BODY,
    BOOLEAN,
    DATE_TIME,
    IDENTIFIER,
    INTEGER,
    LANGUAGE,
    MARKUP,
    STRINGS,
    Choice,
)
from .marks import FLAG, NOT_FLAGGED, RETENTION_TAG
from .property import Property, constant, stored

READ_ONLY = "ErrorInvalidPropertySet"
"""The response code for a client that sets a property which only the server sets."""


def _absent(uri: str) -> Property:
    """A property of the schema that no item of the simulator has."""
    name = uri.partition(":")[2]
    return Property(uri, name, MARKUP, READ_ONLY, in_all=False, get=computed.nothing)


ITEM_SUBJECT = Property("item:Subject", "Subject", in_default=True)

COMMON_PROPERTIES_BEFORE_EXTENDED = (
    Property(
        "item:MimeContent",
        "MimeContent",
        refusal="ErrorUnsupportedMimeConversion",
        in_list="ErrorInvalidPropertyForOperation",
        in_all=False,
        get=computed.nothing,
    ),
    Property(
        "item:ItemId",
        "ItemId",
        IDENTIFIER,
        refusal=READ_ONLY,
        in_default=True,
        get=lambda item: (item.id, item.change_key),
    ),
    Property(
        "item:ParentFolderId",
        "ParentFolderId",
        IDENTIFIER,
        READ_ONLY,
        get=computed.parent,
    ),
    Property("item:ItemClass", "ItemClass", get=MADE["item:ItemClass"]),
    ITEM_SUBJECT,
    Property(
        "item:Sensitivity",
        "Sensitivity",
        Choice("Normal", "Personal", "Private", "Confidential"),
        get=MADE["item:Sensitivity"],
    ),
    Property("item:Body", "Body", BODY, in_list=None, get=MADE["item:Body"]),
    Property(
        "item:Attachments",
        "Attachments",
        MARKUP,
        READ_ONLY,
        in_list=None,
        get=computed.attachments,
    ),
    Property(
        "item:DateTimeReceived",
        "DateTimeReceived",
        DATE_TIME,
        READ_ONLY,
        get=computed.created,
    ),
    Property("item:Size", "Size", INTEGER, READ_ONLY, get=computed.size),
    Property("item:Categories", "Categories", STRINGS),
    Property(
        "item:Importance",
        "Importance",
        Choice("Low", "Normal", "High"),
        get=MADE["item:Importance"],
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
        get=computed.nothing,
    ),
    Property(
        "item:DateTimeSent", "DateTimeSent", DATE_TIME, READ_ONLY, get=computed.created
    ),
    Property(
        "item:DateTimeCreated",
        "DateTimeCreated",
        DATE_TIME,
        READ_ONLY,
        get=computed.created,
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
        get=MADE["item:ReminderIsSet"],
    ),
    Property("item:ReminderNextTime", "ReminderNextTime", DATE_TIME, in_all=False),
    Property(
        "item:ReminderMinutesBeforeStart",
        "ReminderMinutesBeforeStart",
        INTEGER,
        get=MADE["item:ReminderMinutesBeforeStart"],
    ),
    Property(
        "item:DisplayCc",
        "DisplayCc",
        refusal=READ_ONLY,
        get=lambda item: computed.names(item, "message:CcRecipients"),
    ),
    Property(
        "item:DisplayTo",
        "DisplayTo",
        refusal=READ_ONLY,
        get=lambda item: computed.names(item, "message:ToRecipients"),
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
        get=constant(computed.RIGHTS.format("false")),
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
        get=computed.query_string,
    ),
    Property(
        "item:WebClientEditFormQueryString",
        "WebClientEditFormQueryString",
        refusal=READ_ONLY,
        get=lambda item: f"{computed.query_string(item)}&exvsurl=1",
    ),
    Property(
        "item:ConversationId",
        "ConversationId",
        IDENTIFIER,
        READ_ONLY,
        get=computed.nothing,
    ),
    Property(
        "item:UniqueBody", "UniqueBody", BODY, READ_ONLY, in_list=None, in_all=False
    ),
    Property("item:Flag", "Flag", FLAG, get=stored("item:Flag", NOT_FLAGGED)),
    Property(
        "item:StoreEntryId",
        "StoreEntryId",
        BINARY,
        READ_ONLY,
        in_all=False,
        get=computed.store_entry_id,
    ),
    Property(
        "item:InstanceKey",
        "InstanceKey",
        BINARY,
        READ_ONLY,
        in_all=False,
        get=computed.instance_key,
    ),
    Property(
        "item:NormalizedBody",
        "NormalizedBody",
        BODY,
        READ_ONLY,
        in_list=None,
        in_all=False,
        get=MADE["item:Body"],
    ),
    _absent("item:EntityExtractionResult"),
    Property("item:PolicyTag", "PolicyTag", RETENTION_TAG, in_all=False),
    Property("item:ArchiveTag", "ArchiveTag", RETENTION_TAG, in_all=False),
    Property(
        "item:RetentionDate",
        "RetentionDate",
        DATE_TIME,
        READ_ONLY,
        in_all=False,
        get=computed.nothing,
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
        "item:IconIndex",
        "IconIndex",
        MARKUP,
        READ_ONLY,
        in_all=False,
        get=computed.nothing,
    ),
)
