# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Response codes of EWS that our requests cannot cause.

They are listed to show that every code of the schema was considered (see
``response_codes``). If a server sends one nevertheless, it is handled like an unknown
code: as a failure of the contact, which is tried again, or as an unexpected failure of
the request.
"""

from __future__ import annotations


def _codes(names: str) -> frozenset[str]:
    return frozenset(f"Error{name}" for name in names.split())


MISTAKES = _codes(
    """
    AccessModeSpecified ContainsFilterWrongType DistinguishedUserNotSupported
    DuplicateSOAPHeader FolderPropertRequestFailed IncorrectSchemaVersion
    IncorrectUpdatePropertyCount InvalidArgument InvalidIndexedPagingParameters
    InvalidItemForOperationCreateItem InvalidItemForOperationCreateItemAttachment
    InvalidLogonType InvalidPagingMaxRows InvalidPropertyForExists InvalidRequest
    InvalidRestriction InvalidSchemaVersionForMailboxVersion InvalidServerVersion
    MessageDispositionRequired MissingArgument MissingItemForCreateItemAttachment
    MoreThanOneAccessModeSpecified MultiLegacyMailboxAccess ResponseSchemaValidation
    RestrictionTooComplex RestrictionTooLong UnsupportedPathForQuery
    UnsupportedPathForSortGroup UnsupportedPropertyDefinition UpdatePropertyMismatch
    """
)
"""The request itself would be wrong, or written for another version of Exchange."""

FOREIGN: dict[str, frozenset[str]] = {
    "calendars and tasks": _codes(
        """
        AffectedTaskOccurrencesRequired CalendarCannotMoveOrCopyOccurrence
        CalendarCannotUpdateDeletedItem CalendarCannotUseIdForOccurrenceId
        CalendarCannotUseIdForRecurringMasterId CalendarDurationIsTooLong
        CalendarEndDateIsEarlierThanStartDate CalendarFolderIsInvalidForCalendarView
        CalendarInvalidAttributeValue CalendarInvalidDayForTimeChangePattern
        CalendarInvalidDayForWeeklyRecurrence CalendarInvalidPropertyState
        CalendarInvalidPropertyValue CalendarInvalidRecurrence CalendarInvalidTimeZone
        CalendarIsCancelledForAccept CalendarIsCancelledForDecline
        CalendarIsCancelledForRemove CalendarIsCancelledForTentative
        CalendarIsDelegatedForAccept CalendarIsDelegatedForDecline
        CalendarIsDelegatedForRemove CalendarIsDelegatedForTentative
        CalendarIsGroupMailboxForAccept CalendarIsGroupMailboxForDecline
        CalendarIsGroupMailboxForSuppressReadReceipt CalendarIsGroupMailboxForTentative
        CalendarIsNotOrganizer CalendarIsOrganizerForAccept
        CalendarIsOrganizerForDecline CalendarIsOrganizerForRemove
        CalendarIsOrganizerForTentative CalendarMeetingRequestIsOutOfDate
        CalendarOccurrenceIndexIsOutOfRecurrenceRange
        CalendarOccurrenceIsDeletedFromRecurrence CalendarOutOfRange
        CalendarSeekToConditionNotSupported CalendarViewRangeTooBig
        CannotArchiveCalendarContactTaskFolderException
        CannotCreateCalendarItemInNonCalendarFolder CannotCreateTaskInNonTaskFolder
        CannotDeleteTaskOccurrence CannotSetCalendarPermissionOnNonCalendarFolder
        CannotSetNonCalendarPermissionOnCalendarFolder InvalidCompleteDate
        InvalidItemForOperationAcceptItem InvalidItemForOperationCancelItem
        InvalidItemForOperationDeclineItem InvalidItemForOperationRemoveItem
        InvalidItemForOperationTentative InvalidPercentCompleteValue
        InvalidSecurityDescriptor MeetingSuggestionGenerationFailed NoCalendar
        OccurrenceCrossingBoundary OccurrenceTimeSpanTooBig RecurrenceEndDateTooBig
        RecurrenceHasNoOccurrence SendMeetingCancellationsRequired
        SendMeetingInvitationsOrCancellationsRequired SendMeetingInvitationsRequired
        SentMeetingRequestUpdate SentTaskRequestUpdate TimeZone UnsupportedRecurrence
        """
    ),
    "free and busy times, working hours, out of office": _codes(
        """
        AddressSpaceNotFound AvailabilityConfigNotFound FreeBusyDLLimitReached
        FreeBusyGenerationFailed IndividualMailboxLimitReached InvalidAccessLevel
        InvalidFreeBusyViewType InvalidMergedFreeBusyInterval InvalidOofParameter
        InvalidOrganizationRelationshipForFreeBusy InvalidScheduledOofDuration
        InvalidTimeInterval InvalidUserOofSettings
        LegacyMailboxFreeBusyViewTypeNotMerged MailRecipientNotFound MailTipsDisabled
        MailboxDataArrayEmpty MailboxDataArrayTooBig NoFreeBusyAccess
        PublicFolderRequestProcessingFailed PublicFolderServerNotFound ResultSetTooBig
        TimeIntervalTooBig UnableToGetUserOofSettings WorkingHoursSaveFailed
        WorkingHoursXmlMalformed
        """
    ),
    "messages that are sent": _codes(
        """
        CannotCreatePostItemInNonMailFolder InvalidInternetHeaderChildNodes
        InvalidItemForOperationSendItem InvalidPropertyUpdateSentMessage
        InvalidRecipients InvalidReferenceItem InvalidSendItemSaveSettings
        MessageTrackingNoSuchDomain MessageTrackingPermanentError
        MessageTrackingTransientError MissingInformationReferenceItemId
        MissingRecipients ReadReceiptNotPending SendAsDenied
        """
    ),
    "delegates and permissions": _codes(
        """
        AddDelegatesFailed CannotSetPermissionUnknownEntries DelegateAlreadyExists
        DelegateCannotAddOwner DelegateMissingConfiguration DelegateNoUser
        DelegateValidationFailed DuplicateUserIdsSpecified
        InvalidClientAccessTokenRequest InvalidDelegatePermission InvalidDelegateUserId
        InvalidManagementRoleHeader InvalidPermissionSettings
        InvalidSerializedAccessToken InvalidSid InvalidUserInfo InvalidUserPrincipalName
        InvalidUserSid InvalidUserSidMissingUPN MissingUserIdInformation NotDelegate
        PermissionNotAllowedByPolicy RemoveDelegatesFailed
        SubscriptionDelegateAccessNotSupported TokenSerializationDenied
        UpdateDelegatesFailed
        """
    ),
    "subscriptions": _codes(
        """
        EventNotFound ExceededSubscriptionCount ExpiredSubscription
        InvalidPullSubscriptionId InvalidPushSubscriptionUrl InvalidSubscription
        InvalidSubscriptionRequest InvalidWatermark MissedNotificationEvents
        NewEventStreamConnectionOpened ProxiedSubscriptionCallFailure ReadEventsFailed
        SubscriptionAccessDenied SubscriptionNotFound SubscriptionUnsubscribed
        """
    ),
    "names and lists of the directory": _codes(
        """
        ADSessionFilter DistributionListMemberNotExist InvalidIdReturnedByResolveNames
        InvalidItemForOperationExpandDL InvalidMailbox InvalidNameForNameResolution
        MissingInformationEmailAddress NameResolutionMultipleResults
        NameResolutionNoMailbox NameResolutionNoResults ResolveNamesInvalidFolderType
        ResolveNamesOnlyOneContactsFolderAllowed
        """
    ),
    "search folders and searches by words": _codes(
        """
        ArchiveMailboxSearchFailed CannotSpecifySearchFolderAsSourceFolder
        ContentIndexingNotEnabled DiscoverySearchesDisabled EmailAddressMismatch
        InvalidAttachmentSubfilter InvalidAttachmentSubfilterTextFilter
        InvalidExcludesRestriction InvalidExpressionTypeForSubFilter
        InvalidFractionalPagingParameters InvalidRecipientSubfilter
        InvalidRecipientSubfilterComparison InvalidRecipientSubfilterOrder
        InvalidRecipientSubfilterTextFilter InvalidSubfilterType
        InvalidSubfilterTypeNotAttendeeType InvalidSubfilterTypeNotRecipientType
        MailboxScopeNotAllowedWithoutQueryString QueryFilterTooLong
        SearchFolderNotInitialized SearchQueryHasTooManyKeywords SearchTooManyMailboxes
        UnsupportedQueryFilter UnsupportedSubFilter
        """
    ),
    "deleting, moving and emptying of folders": _codes(
        """
        CannotEmptyFolder CrossMailboxMoveCopy DeleteDistinguishedFolder
        MoveDistinguishedFolder
        """
    ),
    "managed folders, public folders, archives and retention": _codes(
        """
        ArchiveFolderPathCreation ArchiveMailboxNotEnabled
        ArchiveMailboxServiceDiscoveryFailed CannotArchiveItemsInArchiveMailbox
        CannotArchiveItemsInPublicFolders CannotGetSourceFolderPath
        CreateManagedFolderPartialCompletion DuplicateInputFolderNames
        InvalidItemForOperationArchiveItem InvalidManagedFolderProperty
        InvalidManagedFolderQuota InvalidManagedFolderSize InvalidRetentionTagIdGuid
        InvalidRetentionTagInheritance InvalidRetentionTagInvisible
        InvalidRetentionTagNone InvalidRetentionTagTypeMismatch MailboxHoldNotFound
        ManagedFolderAlreadyExists ManagedFolderNotFound ManagedFoldersRootFailure
        MissingEmailAddressForManagedFolder MissingManagedFolderId
        NoPublicFolderReplicaAvailable NoPublicFolderServerAvailable
        OperationNotAllowedWithPublicFolderRoot PublicFolderMailboxDiscoveryFailed
        PublicFolderOperationFailed PublicFolderSyncException
        """
    ),
    "sharing and federation": _codes(
        """
        InvalidExternalSharingInitiator InvalidExternalSharingSubscriber
        InvalidFederatedOrganizationId InvalidGetSharingFolderRequest InvalidSharingData
        InvalidSharingMessage MissingInformationSharingFolderId
        NotAllowedExternalSharingByPolicy NotSupportedSharingMessage
        OrganizationNotFederated SharingNoExternalEwsAvailable
        SharingSynchronizationFailed UserNotAllowedByPolicy
        UserWithoutFederatedProxyAddress
        """
    ),
    "telephony, speech and places": _codes(
        """
        DeleteUnifiedMessagingPromptFailed IPGatewayNotFound InvalidPhoneCallId
        InvalidSIPUri LocationServicesDisabled LocationServicesInvalidRequest
        LocationServicesRequestFailed LocationServicesRequestTimedOut NoSpeechDetected
        PromptPublishingOperationFailed RecipientNotFound RecognizerNotInstalled
        SpeechGrammarError UMServerUnavailable UnifiedMessagingDialPlanNotFound
        UnifiedMessagingPromptNotFound UnifiedMessagingReportDataNotFound
        UnifiedMessagingRequestFailed UnifiedMessagingServerNotFound
        UserNotUnifiedMessagingEnabled VoiceMailNotImplemented WeatherServiceDisabled
        """
    ),
    "groups of the messenger, team mailboxes": _codes(
        """
        ImContactLimitReached ImGroupDisplayNameAlreadyExists ImGroupLimitReached
        InvalidImContactId InvalidImDistributionGroupSmtpAddress InvalidImGroupId
        TeamMailboxActiveToPendingDelete TeamMailboxErrorUnknown
        TeamMailboxFailedSendingNotifications TeamMailboxNotAuthorizedOwner
        TeamMailboxNotFound TeamMailboxNotLinkedToSharePoint
        TeamMailboxUrlValidationFailed UnableToRemoveImContactFromGroup
        """
    ),
    "rules, conversations, programs within Outlook": _codes(
        """
        ApplyConversationActionFailed CannotDisableMandatoryExtension
        CannotGetExternalEcpUrl ClientIntentInvalidStateDefinition ClientIntentNotFound
        ExtensionNotFound InboxRulesValidationError OutlookRuleBlobExists RulesOverQuota
        """
    ),
    "MIME, nested attachments, photos of the directory, languages": _codes(
        """
        AttachmentNestLevelLimitExceeded InvalidIdTooManyAttachmentLevels
        InvalidPhotoSize MimeContentInvalid MimeContentInvalidBase64String
        UnsupportedCulture UnsupportedMimeConversion
        """
    ),
}
"""Codes of features that are not used, by feature."""
