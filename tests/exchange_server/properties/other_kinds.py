# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of items that are no contacts, as far as the simulator keeps them.

Messages, appointments and tasks are there so that a client that wants contacts meets
other things too; they have the properties that clients usually read, in the order of
the schema (MessageType, CalendarItemType, TaskType, DistributionListType).
"""

from __future__ import annotations

from .item import READ_ONLY
from .kinds import BOOLEAN, DATE_TIME, INTEGER, MARKUP, STRINGS, Choice
from .names import file_as
from .people import MEMBERS, PEOPLE, PERSON
from .property import Property, constant, stored

DISTRIBUTION_LIST_PROPERTIES = (
    Property("contacts:DisplayName", "DisplayName", in_default=True),
    Property("contacts:FileAs", "FileAs", in_default=True, get=file_as),
    Property(
        "contacts:ContactSource",
        "ContactSource",
        refusal=READ_ONLY,
        get=lambda item: None,
    ),
    Property("distributionlist:Members", "Members", MEMBERS, in_list=None),
)

MESSAGE_PROPERTIES = (
    Property("message:Sender", "Sender", PERSON, in_default=True),
    *(
        Property(f"message:{name}", name, PEOPLE, in_list=None, in_default=True)
        for name in ("ToRecipients", "CcRecipients", "BccRecipients")
    ),
    *(
        Property(f"message:{n}", n, BOOLEAN, get=stored(f"message:{n}", False))
        for n in ("IsReadReceiptRequested", "IsDeliveryReceiptRequested")
    ),
    Property(
        "message:ConversationTopic",
        "ConversationTopic",
        refusal=READ_ONLY,
        get=lambda item: item.values.get("item:Subject"),
    ),
    Property("message:From", "From", PERSON, in_default=True),
    Property("message:InternetMessageId", "InternetMessageId"),
    Property(
        "message:IsRead",
        "IsRead",
        BOOLEAN,
        in_default=True,
        get=stored("message:IsRead", False),
    ),
    Property(
        "message:IsResponseRequested",
        "IsResponseRequested",
        BOOLEAN,
        get=stored("message:IsResponseRequested", False),
    ),
    Property("message:References", "References"),
    Property("message:ReplyTo", "ReplyTo", PEOPLE, in_list=None),
)

CALENDAR_PROPERTIES = (
    Property("calendar:UID", "UID"),
    Property("calendar:Start", "Start", DATE_TIME, in_default=True),
    Property("calendar:End", "End", DATE_TIME, in_default=True),
    Property(
        "calendar:IsAllDayEvent",
        "IsAllDayEvent",
        BOOLEAN,
        get=stored("calendar:IsAllDayEvent", False),
    ),
    Property(
        "calendar:LegacyFreeBusyStatus",
        "LegacyFreeBusyStatus",
        Choice("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere", "NoData"),
        in_default=True,
        get=stored("calendar:LegacyFreeBusyStatus", "Busy"),
    ),
    Property("calendar:Location", "Location", in_default=True),
    *(
        Property(f"calendar:{name}", name, BOOLEAN, READ_ONLY, get=constant(False))
        for name in ("IsMeeting", "IsCancelled", "IsRecurring")
    ),
    Property(
        "calendar:CalendarItemType",
        "CalendarItemType",
        refusal=READ_ONLY,
        in_default=True,
        get=constant("Single"),
    ),
    Property("calendar:Organizer", "Organizer", PERSON, READ_ONLY, in_default=True),
)

TASK_PROPERTIES = (
    Property("task:Companies", "Companies", STRINGS),
    Property("task:CompleteDate", "CompleteDate", DATE_TIME),
    Property("task:DueDate", "DueDate", DATE_TIME, in_default=True),
    Property(
        "task:IsComplete",
        "IsComplete",
        BOOLEAN,
        READ_ONLY,
        get=lambda item: item.values.get("task:Status") == "Completed",
    ),
    Property(
        "task:IsRecurring", "IsRecurring", BOOLEAN, READ_ONLY, get=constant(False)
    ),
    Property("task:Mileage", "Mileage"),
    Property(
        "task:PercentComplete",
        "PercentComplete",
        INTEGER,
        in_default=True,
        get=stored("task:PercentComplete", 0),
    ),
    Property("task:StartDate", "StartDate", DATE_TIME, in_default=True),
    Property(
        "task:Status",
        "Status",
        Choice("NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"),
        in_default=True,
        get=stored("task:Status", "NotStarted"),
    ),
    Property("task:Recurrence", "Recurrence", MARKUP, READ_ONLY, get=lambda item: None),
)
