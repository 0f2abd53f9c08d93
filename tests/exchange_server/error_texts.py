# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The server's texts for response codes, in our own words.

What each code means: the EWS page "ResponseCode".
"""

from __future__ import annotations

from collections.abc import Mapping


def folder_exists(name: str) -> str:
    """What is said when a name is taken; clients look for the name in it."""
    return f"{TEXTS['ErrorFolderExists']}, Could not create folder '{name}'."


TEXTS: Mapping[str, str] = {
    "ErrorAffectedTaskOccurrencesRequired": (
        "Deleting a task needs the attribute AffectedTaskOccurrences."
    ),
    "ErrorAttachmentSizeLimitExceeded": "The attachment is larger than is allowed.",
    "ErrorMessageSizeExceeded": "The item would be larger than is allowed.",
    "ErrorBatchProcessingStopped": (
        "An earlier failure stopped the processing of this request."
    ),
    "ErrorCannotDeleteObject": "The object is the server's own: it cannot be deleted.",
    "ErrorMoveCopyFailed": "The folder cannot be moved to where you want it.",
    "ErrorMoveDistinguishedFolder": "A distinguished folder cannot be moved.",
    "ErrorNoPublicFolderReplicaAvailable": "This organization has no public folders.",
    "ErrorCalendarCannotUseIdForOccurrenceId": (
        "The Id is not that of an occurrence of a recurring item."
    ),
    "ErrorCalendarCannotUseIdForRecurringMasterId": (
        "The Id is not that of a recurring item."
    ),
    "ErrorCannotCreateCalendarItemInNonCalendarFolder": (
        "Calendar items can be created in calendar folders only."
    ),
    "ErrorCannotCreateContactInNonContactFolder": (
        "Contacts can be created in contacts folders only."
    ),
    "ErrorCannotCreateTaskInNonTaskFolder": (
        "Tasks can be created in tasks folders only."
    ),
    "ErrorCannotEmptyFolder": "The folder cannot be emptied.",
    "ErrorCannotUseFolderIdForItemId": "The Id is that of a folder, not of an item.",
    "ErrorCannotUseItemIdForFolderId": "The Id is that of an item, not of a folder.",
    "ErrorChangeKeyRequiredForWriteOperations": (
        "A change key is required for this kind of write operation."
    ),
    "ErrorContainsFilterWrongType": "Contains works on text properties only.",
    "ErrorDeleteDistinguishedFolder": "A distinguished folder cannot be deleted.",
    "ErrorDistributionListMemberNotExist": "The list has no such member.",
    "ErrorFolderExists": "A folder with the specified name already exists.",
    "ErrorFolderNotFound": "The specified folder could not be found in the store.",
    "ErrorFolderSavePropertyError": (
        "The folder cannot be saved: a property has a value that is not valid."
    ),
    "ErrorImpersonateUserDenied": (
        "The account does not have permission to impersonate the requested user."
    ),
    "ErrorIncorrectUpdatePropertyCount": (
        "An object within a change must hold exactly one property, the changed one."
    ),
    "ErrorInvalidArgument": "The parts of this value do not go together.",
    "ErrorInvalidAttachmentId": "The attachment Id is not valid.",
    "ErrorInvalidChangeKey": "The change key is invalid.",
    "ErrorInvalidExchangeImpersonationHeaderData": (
        "The ExchangeImpersonation header names nobody."
    ),
    "ErrorInvalidExcludesRestriction": "The bitmask cannot be read.",
    "ErrorInvalidExtendedProperty": (
        "This combination of attributes does not name an extended property."
    ),
    "ErrorInvalidExtendedPropertyValue": (
        "The value does not fit the type of the extended property."
    ),
    "ErrorInvalidFolderTypeForOperation": (
        "The operation does not apply to this type of folder."
    ),
    "ErrorInvalidFractionalPagingParameters": (
        "The fraction must lie between zero and one."
    ),
    "ErrorInvalidId": "The Id is invalid.",
    "ErrorInvalidIdEmpty": "The Id must not be empty.",
    "ErrorInvalidIdMalformed": "The Id is malformed.",
    "ErrorInvalidIdMonikerTooLong": "The Id is too long.",
    "ErrorInvalidIdNotAnItemAttachmentId": "The Id is not that of an attachment.",
    "ErrorInvalidIndexedPagingParameters": "The offset must not be negative.",
    "ErrorInvalidItemForOperationCreateItem": ("Items of this type cannot be created."),
    "ErrorInvalidNameForNameResolution": "This name cannot be resolved.",
    "ErrorInvalidOperation": "The operation is invalid.",
    "ErrorInvalidPagingMaxRows": "The number of entries must be greater than zero.",
    "ErrorInvalidPropertyAppend": "The property does not support appending.",
    "ErrorInvalidPropertyDelete": "The property cannot be deleted.",
    "ErrorInvalidPropertyForExists": (
        "Exists does not work on flags: compare the property instead."
    ),
    "ErrorInvalidPropertyForOperation": (
        "The property cannot be used with this operation."
    ),
    "ErrorInvalidPropertyRequest": "The property is not valid for this object type.",
    "ErrorInvalidPropertySet": "The property is read-only and cannot be set.",
    "ErrorInvalidRequest": "The request is invalid.",
    "ErrorInvalidServerVersion": "The specified server version is invalid.",
    "ErrorInvalidSyncStateData": (
        "The synchronization state data is corrupt or otherwise invalid."
    ),
    "ErrorInvalidUserPrincipalName": "Nobody has this user principal name.",
    "ErrorInvalidUserSid": "Nobody has this security identifier.",
    "ErrorInvalidValueForProperty": "The value does not fit the property's type.",
    "ErrorIrresolvableConflict": (
        "The item was changed since the change key of the request was read: the "
        "changes cannot be saved."
    ),
    "ErrorInvalidItemForOperationSendItem": "Only messages can be sent.",
    "ErrorInvalidSendItemSaveSettings": (
        "A folder for the copy is named, and no copy is wanted."
    ),
    "ErrorItemNotFound": "The specified object was not found in the store.",
    "ErrorItemSave": "Saving the item failed.",
    "ErrorMailboxStoreUnavailable": "The mailbox database is temporarily unavailable.",
    "ErrorMessageDispositionRequired": (
        "Messages need the attribute MessageDisposition."
    ),
    "ErrorMissingItemForCreateItemAttachment": "The attached item is missing.",
    "ErrorMoreThanOneAccessModeSpecified": (
        "The request impersonates more than one user."
    ),
    "ErrorNameResolutionMultipleResults": "Multiple results were found.",
    "ErrorNameResolutionNoResults": "No results were found.",
    "ErrorNoFolderClassOverride": (
        "The class of this type of folder is implied and cannot be another one."
    ),
    "ErrorNonExistentMailbox": (
        "The SMTP address has no mailbox associated with it, or it was removed."
    ),
    "ErrorNoPropertyTagForCustomProperties": (
        "Custom properties cannot be named by a tag: use a property set and a name."
    ),
    "ErrorObjectTypeChanged": "An update cannot change the type of an object.",
    "ErrorParentFolderNotFound": "The parent folder was not found.",
    "ErrorPropertyUpdate": "The value of the property could not be saved.",
    "ErrorRequiredPropertyMissing": "A required property is missing.",
    "ErrorRestrictionTooLong": "The restriction has too many nodes.",
    "ErrorSavedItemFolderNotFound": (
        "The folder in which to save the item was not found."
    ),
    "ErrorSchemaValidation": "The request failed schema validation.",
    "ErrorSendMeetingCancellationsRequired": (
        "Deleting a calendar item needs the attribute SendMeetingCancellations."
    ),
    "ErrorSendMeetingInvitationsOrCancellationsRequired": (
        "Updating a calendar item needs the attribute "
        "SendMeetingInvitationsOrCancellations."
    ),
    "ErrorSendMeetingInvitationsRequired": (
        "Creating a calendar item needs the attribute SendMeetingInvitations."
    ),
    "ErrorServerBusy": "The server cannot service this request right now.",
    "ErrorSyncFolderNotFound": "The folder to synchronize was not found.",
    "ErrorToFolderNotFound": "The destination folder was not found.",
    "ErrorUnsupportedCulture": "There is no such culture.",
    "ErrorUnsupportedMapiPropertyType": (
        "Extended properties of this type have no values."
    ),
    "ErrorUnsupportedMimeConversion": (
        "MIME content is not supported for this type of items."
    ),
    "ErrorUnsupportedPathForQuery": "The property cannot be used in a restriction.",
    "ErrorUnsupportedPathForSortGroup": "The property cannot be used for sorting.",
    "ErrorUpdatePropertyMismatch": (
        "The property in the update is not the one that its path names."
    ),
}
