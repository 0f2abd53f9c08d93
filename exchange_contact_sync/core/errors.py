# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Failures, classified by what can be done about them, independent of any protocol.

Each adapter translates the errors it meets into one of these classes. ``code`` selects
the message shown to people (``use_cases/failure_messages.py``); ``detail`` is the
original text of the server or of Odoo, for the administrator.
"""

from __future__ import annotations

from typing import TypeVar

from . import limits
from .text import clean

T = TypeVar("T")


class SyncError(Exception):
    """The mail server, Odoo or the network refused a request or failed.

    :param detail: the original error message, without secrets
    :ivar reason: the message that Odoo shows to users, in the owner's language, or a
        name to insert into our message; "" in most cases
    """

    code = "unexpected"
    reason = ""

    def __init__(self, detail: str = "") -> None:
        detail = _kept(detail)
        super().__init__(detail or self.code)
        self.detail = detail


def present(value: T | None) -> T:
    """Return a value that must not be None at this point.

    :raises RuntimeError: the value is None, which is a bug in the program
    """
    if value is None:
        raise RuntimeError("a value is missing that must be there")
    return value


class NeedsTheUser(SyncError):
    """A person has to change the settings before a retry can succeed.

    :cvar may_pass: the failure can be temporary if the connection worked before: the
        server or the network may only be down for a while, and retrying does no harm
    """

    may_pass = False


class AuthenticationFailed(NeedsTheUser):
    """The server rejected the credentials."""

    code = "authentication_failed"


class MailboxNotFound(NeedsTheUser):
    """The server has no mailbox with this address."""

    code = "mailbox_not_found"


class ServerNotFound(NeedsTheUser):
    """No server was found for the address (host name, autodiscovery)."""

    code = "server_not_found"
    may_pass = True


class HostNotAllowed(ServerNotFound):
    """The host or network is not on the administrator's list of allowed hosts.

    People see the same message as for a server that does not exist, so that a user
    cannot scan the network by entering addresses.
    """

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not among the allowed hosts.")
        self.host = host


class CertificateNotTrusted(NeedsTheUser):
    """The server's certificate is not signed by a trusted authority."""

    code = "certificate_not_trusted"
    may_pass = True


class NotEncrypted(NeedsTheUser):
    """The server does not encrypt, so no password was sent to it."""

    code = "not_encrypted"


class NotAMailServer(NeedsTheUser):
    """A server answered at the address, but it does not offer the expected service."""

    code = "not_a_mail_server"
    may_pass = True


class ServiceDisabled(NeedsTheUser):
    """The administrator of the mail server disabled the service."""

    code = "service_disabled"
    may_pass = True


class AccessDenied(NeedsTheUser):
    """The signed-in user may not use this mailbox or folder."""

    code = "access_denied"


class NoContactFolder(NeedsTheUser):
    """The mailbox has no contact folder."""

    code = "no_contact_folder"


class Interrupted(SyncError):
    """The process that synchronized was killed repeatedly."""

    code = "interrupted"


class Unreachable(SyncError):
    """The server did not answer or closed the connection; it may answer later.

    :param slow: the request timed out; a smaller request may succeed
    """

    code = "server_unreachable"

    def __init__(self, detail: str = "", *, slow: bool = False) -> None:
        super().__init__(detail)
        self.slow = slow


class ServerBusy(SyncError):
    """The server asked the client to try again later.

    :param back_off: the delay in seconds that the server asked for, at most
        ``limits.BACK_OFF_SECONDS``
    """

    code = "server_busy"

    def __init__(self, detail: str = "", back_off: float = 0.0) -> None:
        super().__init__(detail)
        self.back_off = min(max(back_off, 0.0), limits.BACK_OFF_SECONDS)


class WritingRefused(SyncError):
    """The mailbox can be read but accepts no new data at the moment."""


class MailboxFull(WritingRefused):
    """The mailbox or one of its folders has no space left."""

    code = "mailbox_full"


class FolderReadOnly(WritingRefused):
    """The owner may not create contacts in the chosen folder."""

    code = "folder_read_only"


class AnswerMalformed(SyncError):
    """The server's response as a whole cannot be parsed."""

    code = "answer_malformed"


class ChangedMeanwhile(SyncError):
    """Another process changed the same database rows; retrying helps."""

    code = "changed_meanwhile"


class StateUnknown(SyncError):
    """The server no longer recognizes the synchronization state that it issued."""

    code = "state_unknown"


class FolderGone(SyncError):
    """The folder was deleted on the server."""

    code = "folder_gone"


class TooManyFolders(SyncError):
    """The mailbox has more contact folders than the addon supports."""

    code = "too_many_folders"


class FolderMalformed(SyncError):
    """The server's response for the contacts of one folder cannot be parsed."""

    code = "folder_malformed"


class FolderExists(SyncError):
    """A folder with this name already exists."""

    code = "folder_exists"


class FolderForbidden(SyncError):
    """The owner may not create a folder in this place."""

    code = "folder_forbidden"


class FolderRefused(SyncError):
    """The mailbox rejected the new folder, most likely because of its name."""

    code = "folder_refused"


class ContactError(SyncError):
    """One contact could not be read or written; other contacts are not affected."""

    code = "contact_failed"


class FilterUnusable(ContactError):
    """A saved filter of the export choice is invalid, so that no contact is exported or
    removed because of it."""

    code = "filter_unusable"


class Unanswered(ContactError):
    """The server did not report a result for this contact, for a reason unrelated to
    the contact. The request is repeated later.

    :param cause: why the result is missing
    :param retry_at_once: the contact was not processed, and the server may process it
        at once if the next request contains fewer contacts
    """

    def __init__(self, cause: SyncError, *, retry_at_once: bool = False) -> None:
        super().__init__(cause.detail)
        self.cause = cause
        self.retry_at_once = retry_at_once


class ContactGone(ContactError):
    """The contact was deleted or moved away."""

    code = "contact_gone"


class ContactChanged(ContactError):
    """The contact changed after it was read; read and merge it again."""

    code = "contact_changed"


class ContactForbidden(ContactError):
    """The owner may not read or change this contact."""

    code = "contact_forbidden"


class MayNotWrite(ContactForbidden):
    """The owner may not create or change any partner in Odoo."""

    code = "may_not_write"


class ContactOfUser(ContactForbidden):
    """The partner belongs to an Odoo user; few people may change such partners."""

    code = "contact_of_user"


class ContactProtected(ContactForbidden):
    """The mailbox does not allow the owner to read or change this item."""

    code = "contact_protected"


class ContactDamaged(ContactError):
    """The mailbox contains this item but cannot read it."""

    code = "contact_damaged"


class ContactInvalid(ContactError):
    """Odoo or the mailbox rejected a value of this contact.

    :param reason: see :class:`SyncError`
    """

    code = "contact_invalid"

    def __init__(self, detail: str = "", reason: str = "") -> None:
        super().__init__(detail)
        self.reason = _kept(reason)


class ValueTooLong(ContactInvalid):
    """A value is longer than Odoo can store."""

    code = "value_too_long"


class BelongsToUser(ContactInvalid):
    """The partner cannot be archived because it belongs to active users; ``reason``
    holds their names."""

    code = "belongs_to_user"


class ValueForbidden(ContactInvalid):
    """The owner may change this contact but not the record that stores the value, for
    example the company of the contact."""

    code = "value_forbidden"


class OdooFailed(ContactInvalid):
    """Odoo or one of its apps raised an unexpected exception while reading or writing
    this partner."""

    code = "odoo_failed"


class ContactTooLarge(ContactInvalid):
    """The contact exceeds the maximum size that Odoo or the mailbox accepts."""

    code = "contact_too_large"


class ContactWithoutName(ContactInvalid):
    """The contact has no name, company, e-mail or phone to use as its name."""

    code = "contact_without_name"


class RequestNotApplied(ContactError):
    """The contact changed after a person decided about it, so it was left unchanged."""

    code = "left_alone"


class Remark(ContactError):
    """An explanation for people why a line exists; nothing failed.

    :param code: selects the message
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = ""


def _kept(detail: str) -> str:
    """Return the text cut to ``limits.DETAIL_CHARACTERS``, without the characters that
    PostgreSQL cannot store."""
    most = limits.DETAIL_CHARACTERS
    return clean(detail if len(detail) <= most else f"{detail[:most]} …")
