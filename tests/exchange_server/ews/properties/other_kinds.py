# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The properties of items that are no contacts, as far as the simulator keeps them.

Messages, appointments and tasks are there so that a client that wants contacts meets
other things too. What clients usually read is kept as values; the rest of the schema
(MessageType, CalendarItemType, TaskType) is stored and returned unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...properties.names import file_as
from .item import READ_ONLY
from .kinds import BOOLEAN, DATE_TIME, INTEGER, STRINGS, VERBATIM, Choice
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

_MESSAGE_ORDER = (
    "Sender ToRecipients CcRecipients BccRecipients IsReadReceiptRequested "
    "IsDeliveryReceiptRequested ConversationIndex ConversationTopic From "
    "InternetMessageId IsRead IsResponseRequested References ReplyTo ReceivedBy "
    "ReceivedRepresenting ApprovalRequestData VotingInformation ReminderMessageData"
)
_CALENDAR_ORDER = (
    "UID RecurrenceId DateTimeStamp Start End OriginalStart IsAllDayEvent "
    "LegacyFreeBusyStatus Location When IsMeeting IsCancelled IsRecurring "
    "MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType "
    "Organizer RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount "
    "AdjacentMeetingCount ConflictingMeetings AdjacentMeetings Duration TimeZone "
    "AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence "
    "FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences "
    "MeetingTimeZone StartTimeZone EndTimeZone ConferenceType AllowNewTimeProposal "
    "IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl EnhancedLocation StartWallClock "
    "EndWallClock StartTimeZoneId EndTimeZoneId IntendedFreeBusyStatus "
    "JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer"
)
_TASK_ORDER = (
    "ActualWork AssignedTime BillingInformation ChangeCount Companies CompleteDate "
    "Contacts DelegationState Delegator DueDate IsAssignmentEditable IsComplete "
    "IsRecurring IsTeamTask Mileage Owner PercentComplete Recurrence StartDate Status "
    "StatusDescription TotalWork"
)

_FREE_BUSY = Choice("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere", "NoData")
_TASK_STATUS = Choice(
    "NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"
)


def _flag(uri: str, in_default: bool = False) -> Property:
    name = uri.partition(":")[2]
    get = stored(uri, False)
    return Property(uri, name, BOOLEAN, in_default=in_default, get=get)


_KNOWN: Mapping[str, Property] = {
    each.uri: each
    for each in (
        Property("message:Sender", "Sender", PERSON, in_default=True),
        *(
            Property(f"message:{name}", name, PEOPLE, in_list=None, in_default=True)
            for name in ("ToRecipients", "CcRecipients", "BccRecipients")
        ),
        _flag("message:IsReadReceiptRequested"),
        _flag("message:IsDeliveryReceiptRequested"),
        _flag("message:IsResponseRequested"),
        _flag("message:IsRead", in_default=True),
        Property(
            "message:ConversationTopic",
            "ConversationTopic",
            refusal=READ_ONLY,
            get=lambda item: item.values.get("item:Subject"),
        ),
        Property("message:From", "From", PERSON, in_default=True),
        Property("message:InternetMessageId", "InternetMessageId"),
        Property("message:References", "References"),
        Property("message:ReplyTo", "ReplyTo", PEOPLE, in_list=None),
        Property("calendar:UID", "UID"),
        Property("calendar:Start", "Start", DATE_TIME, in_default=True),
        Property("calendar:End", "End", DATE_TIME, in_default=True),
        _flag("calendar:IsAllDayEvent"),
        Property(
            "calendar:LegacyFreeBusyStatus",
            "LegacyFreeBusyStatus",
            _FREE_BUSY,
            in_default=True,
            get=stored("calendar:LegacyFreeBusyStatus", "Busy"),
        ),
        Property("calendar:Location", "Location", in_default=True),
        Property(
            "calendar:CalendarItemType",
            "CalendarItemType",
            refusal=READ_ONLY,
            in_default=True,
            get=constant("Single"),
        ),
        Property("calendar:Organizer", "Organizer", PERSON, READ_ONLY, in_default=True),
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
            _TASK_STATUS,
            in_default=True,
            get=stored("task:Status", "NotStarted"),
        ),
    )
}


def _in_order(prefix: str, names: str) -> tuple[Property, ...]:
    uris = (f"{prefix}:{name}" for name in names.split())
    return tuple(
        _KNOWN.get(uri) or Property(uri, uri.partition(":")[2], VERBATIM)
        for uri in uris
    )


MESSAGE_PROPERTIES = _in_order("message", _MESSAGE_ORDER)
CALENDAR_PROPERTIES = _in_order("calendar", _CALENDAR_ORDER)
TASK_PROPERTIES = _in_order("task", _TASK_ORDER)
