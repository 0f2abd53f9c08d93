# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every response code of EWS is in a table and raises the right error."""

from __future__ import annotations

import os
from pathlib import Path

from exchangelib import errors as ews
from lxml import etree

from exchange_contact_sync.core import errors as core
from exchange_contact_sync.ews.operations import foreign_codes, response_codes
from exchange_contact_sync.ews.operations.errors import (
    OtherCode,
    folder_error,
    item_error,
    new_folder_error,
    translate,
)
from exchange_contact_sync.outlook.failures import Kind

TABLES = (
    response_codes.ITEM,
    response_codes.SERVER,
    response_codes.REQUEST,
    response_codes.FOLDER,
    response_codes.NEW_FOLDER,
    response_codes.MAILBOX,
)
MEANT = frozenset().union(*TABLES) | {response_codes.STOPPED, "NoError"}
FOREIGN = [*foreign_codes.FOREIGN.values(), foreign_codes.MISTAKES]

EXPECTED = {
    # code: of a contact that is read or changed, of one that is created, of a folder,
    # of a request; None: an unexpected error
    "ErrorQuotaExceeded": (core.MailboxFull,) * 4,
    "ErrorMessagePerFolderCountReceiveQuotaExceeded": (core.MailboxFull,) * 4,
    "ErrorServerBusy": (core.ServerBusy,) * 4,
    "ErrorInternalServerTransientError": (core.ServerBusy,) * 4,
    "ErrorTimeoutExpired": (core.Unreachable,) * 4,
    "ErrorMailboxMoveInProgress": (core.Unreachable,) * 4,
    "ErrorPasswordExpired": (core.AuthenticationFailed,) * 4,
    "ErrorAccountDisabled": (core.AccessDenied,) * 4,
    "ErrorOrganizationAccessBlocked": (core.AccessDenied,) * 4,
    "ErrorNonExistentMailbox": (core.MailboxNotFound,) * 4,
    "ErrorAccessDenied": (
        core.ContactProtected,
        core.FolderReadOnly,
        core.AccessDenied,
        core.AccessDenied,
    ),
    "ErrorCreateItemAccessDenied": (core.FolderReadOnly,) * 4,
    "ErrorItemNotFound": (core.ContactGone, core.FolderGone, core.FolderGone, None),
    "ErrorInvalidIdMalformed": (
        core.ContactGone,
        core.FolderGone,
        core.FolderGone,
        None,
    ),
    "ErrorCannotCreateContactInNonContactFolder": (core.FolderGone,) * 4,
    "ErrorIrresolvableConflict": (core.ContactChanged, core.ContactChanged, None, None),
    "ErrorInvalidAttachmentId": (core.ContactChanged, core.ContactChanged, None, None),
    "ErrorPropertyUpdate": (core.ContactInvalid, core.ContactInvalid, None, None),
    "ErrorItemSave": (core.ContactInvalid, core.ContactInvalid, None, None),
    "ErrorInvalidSmtpAddress": (
        core.ContactInvalid,
        core.ContactInvalid,
        core.MailboxNotFound,
        core.MailboxNotFound,
    ),
    "ErrorDataSizeLimitExceeded": (
        core.ContactTooLarge,
        core.ContactTooLarge,
        None,
        None,
    ),
    "ErrorItemCorrupt": (core.ContactDamaged, core.ContactDamaged, None, None),
    "ErrorInternalServerError": (None, None, core.Unreachable, core.Unreachable),
    "ErrorInvalidArgument": (None,) * 4,
    "ErrorCalendarOutOfRange": (None,) * 4,
    "ErrorOfTheYear3000": (None,) * 4,
}


def schema() -> set[str]:
    """The codes of the published schema."""
    messages = Path(os.environ["EXCHANGE_SCHEMAS"]) / "messages.xsd"
    path = ".//{*}simpleType[@name='ResponseCodeType']//{*}enumeration"
    return {one.get("value") for one in etree.parse(messages).iterfind(path)}


def said(code: str) -> Exception:
    """Return exchangelib's exception for a code, or ours if it has no class for it."""
    known = getattr(ews, code, None)
    return known("said the server") if known else OtherCode(code, "said the server")


def meaning(error: core.SyncError) -> type | None:
    """Return the kind of failure; None for an unexpected error."""
    error = error.cause if isinstance(error, core.Unanswered) else error
    return None if type(error) in (core.SyncError, core.ContactError) else type(error)


def test_every_code_of_the_schema_is_in_a_table():
    codes = schema()
    assert len(codes) > 440
    known = MEANT.union(*FOREIGN)
    assert codes - known == set(), "look each of them up, and put it into its table"
    assert [code for names in FOREIGN for code in names if code not in codes] == []


def test_each_code_is_in_one_table_only():
    assert [code for names in FOREIGN for code in names if code in MEANT] == []
    listed = [code for names in FOREIGN for code in names]
    assert len(listed) == len(set(listed))
    assert not response_codes.SERVER.keys() & response_codes.ITEM.keys()
    hasty = response_codes.SERVED_IN_PART | response_codes.TOO_SLOW
    assert hasty <= response_codes.SERVER.keys()


def test_a_code_raises_the_error_of_its_context():
    for code, (item, new, folder, request) in EXPECTED.items():
        error = said(code)
        found = (
            meaning(item_error(error)),
            meaning(item_error(error, Kind.CREATE)),
            meaning(folder_error(error)),
            meaning(translate(error)),
        )
        assert found == (item, new, folder, request), code
        assert code in translate(error).detail and "said the server" in (
            item_error(error).detail
        )


def test_only_codes_about_the_server_leave_a_contact_unanswered():
    """Otherwise one contact could stop the account until its owner acts."""
    for code in schema() - {response_codes.STOPPED, "NoError"}:
        error = item_error(said(code))
        if code not in response_codes.SERVER:
            assert not isinstance(error, core.Unanswered), code


def test_each_code_of_a_refused_folder_has_its_error():
    for code, kind in response_codes.NEW_FOLDER.items():
        assert type(new_folder_error(said(code))) is kind
    assert type(new_folder_error(said("ErrorQuotaExceeded"))) is core.MailboxFull
