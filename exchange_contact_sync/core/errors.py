# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Failures by what can be done about them, in no server's or database's words.

The rooms that talk to the outside translate what they meet into one of these,
once, at their border. ``code`` names the sentence people read (the sentences,
translated, live in ``use_cases/failure_messages.py``); ``detail`` is what the
other side said, for the administrator.
"""

from __future__ import annotations

from typing import TypeVar

from . import limits
from .text import clean

T = TypeVar("T")


class SyncError(Exception):
    """Something outside refused or failed.

    :param detail: str, the other side's own words, free of secrets
    """

    code = "unexpected"

    def __init__(self, detail: str = "") -> None:
        detail = _kept(detail)
        super().__init__(detail or self.code)
        self.detail = detail


def present(value: T | None) -> T:
    """Give a value that must be there at this point.

    :raises RuntimeError: it is not, which is a mistake in the program
    """
    if value is None:
        raise RuntimeError("a value is missing that must be there")
    return value


class NeedsTheUser(SyncError):
    """Trying again cannot help before somebody changes the settings.

    :cvar may_pass: bool, unless it worked before: then the server, or what lies on the
        way to it, may only be out of order for a while, and asking again does no harm
    """

    may_pass = False


class AuthenticationFailed(NeedsTheUser):
    """The server knows the mailbox's door and does not accept the key."""

    code = "authentication_failed"


class MailboxNotFound(NeedsTheUser):
    """There is no mailbox of that address on the server."""

    code = "mailbox_not_found"


class ServerNotFound(NeedsTheUser):
    """No server could be found for the address (name, autodiscovery)."""

    code = "server_not_found"
    may_pass = True


class HostNotAllowed(ServerNotFound):
    """The way leads to a host, or into a network, that the administrator did not allow.
    People read the same as of a server that is not there: whoever enters addresses to
    look around learns nothing.

    :param host: str
    """

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is not among the allowed hosts.")
        self.host = host


class CertificateNotTrusted(NeedsTheUser):
    """The server's certificate is not signed by an authority we trust."""

    code = "certificate_not_trusted"
    may_pass = True


class NotEncrypted(NeedsTheUser):
    """The server does not encrypt, so that no password was sent to it."""

    code = "not_encrypted"


class NotAMailServer(NeedsTheUser):
    """Something answers at the address, but not the service we speak to."""

    code = "not_a_mail_server"
    may_pass = True


class ServiceDisabled(NeedsTheUser):
    """The administrator of the mail server switched the service off."""

    code = "service_disabled"
    may_pass = True


class AccessDenied(NeedsTheUser):
    """The signed-in user may not use this mailbox or folder."""

    code = "access_denied"


class NoContactFolder(NeedsTheUser):
    """The mailbox has no folder that holds contacts."""

    code = "no_contact_folder"


class Unreachable(SyncError):
    """The server did not answer, or broke off: it may answer later.

    :param slow: bool, it did not answer in time; to less it may
    """

    code = "server_unreachable"

    def __init__(self, detail: str = "", *, slow: bool = False) -> None:
        super().__init__(detail)
        self.slow = slow


class ServerBusy(SyncError):
    """The server asks to come back later.

    :param back_off: float, seconds the server asks to be left alone, no more than
        ``limits.BACK_OFF_SECONDS``
    """

    code = "server_busy"

    def __init__(self, detail: str = "", back_off: float = 0.0) -> None:
        super().__init__(detail)
        self.back_off = min(max(back_off, 0.0), limits.BACK_OFF_SECONDS)


class WritingRefused(SyncError):
    """The mailbox can be read, but it stores nothing new; later it may."""


class MailboxFull(WritingRefused):
    """The mailbox, or one of its folders, has no room left."""

    code = "mailbox_full"


class FolderReadOnly(WritingRefused):
    """The owner may not create contacts in the folder chosen for them."""

    code = "folder_read_only"


class AnswerMalformed(SyncError):
    """The server answered, and the answer as a whole cannot be read."""

    code = "answer_malformed"


class ChangedMeanwhile(SyncError):
    """Somebody else changed the same rows of ours; trying again helps."""

    code = "changed_meanwhile"


class StateUnknown(SyncError):
    """The server no longer knows the synchronization state it handed out."""

    code = "state_unknown"


class FolderGone(SyncError):
    """The folder was deleted on the server."""

    code = "folder_gone"


class TooManyFolders(SyncError):
    """The mailbox has more contact folders than are synchronized."""

    code = "too_many_folders"


class FolderMalformed(SyncError):
    """What the server says of the contacts of a folder cannot be read."""

    code = "folder_malformed"


class FolderExists(SyncError):
    """There is a folder of that name already."""

    code = "folder_exists"


class FolderForbidden(SyncError):
    """The owner may not create a folder there."""

    code = "folder_forbidden"


class FolderRefused(SyncError):
    """The mailbox does not take the folder, most likely because of its name."""

    code = "folder_refused"


class ContactError(SyncError):
    """One contact could not be read or written; the others are not concerned."""

    code = "contact_failed"


class FilterUnusable(ContactError):
    """A saved filter of the export choice cannot be used: nobody is exported, nor taken
    back, because of it."""

    code = "filter_unusable"


class Unanswered(ContactError):
    """The server did not say what became of this contact, and the contact is not the
    reason. It is asked again later; nothing is known to be wrong with the contact.

    :param cause: SyncError, the reason
    :param again: bool, nothing was done with the contact, and the server may answer at
        once if it is asked for fewer contacts in one request
    """

    def __init__(self, cause: SyncError, *, again: bool = False) -> None:
        super().__init__(cause.detail)
        self.cause = cause
        self.again = again


class ContactGone(ContactError):
    """The contact no longer exists where it was."""

    code = "contact_gone"


class ContactChanged(ContactError):
    """The contact changed since we read it; read again, merge again."""

    code = "contact_changed"


class ContactForbidden(ContactError):
    """The owner may not read or change this contact."""

    code = "contact_forbidden"


class MayNotWrite(ContactForbidden):
    """The owner may create or change no contact of Odoo at all."""

    code = "may_not_write"


class ContactOfUser(ContactForbidden):
    """The contact belongs to a user of Odoo: hardly anybody may change it."""

    code = "contact_of_user"


class ContactProtected(ContactForbidden):
    """The mailbox does not let the owner read or change this contact."""

    code = "contact_protected"


class ContactDamaged(ContactError):
    """The mailbox holds this contact, but cannot read it."""

    code = "contact_damaged"


class ContactInvalid(ContactError):
    """The other side refuses a value of this contact."""

    code = "contact_invalid"


class ValueForbidden(ContactInvalid):
    """The owner may change this contact, but not what a value is kept in: the company
    somebody works for, say."""

    code = "value_forbidden"


class OdooFailed(ContactInvalid):
    """Odoo, or one of its apps, failed with something else than a refusal while it read
    or wrote this contact."""

    code = "odoo_failed"


class ContactTooLarge(ContactInvalid):
    """This contact is larger than the other side accepts."""

    code = "contact_too_large"


class ContactWithoutName(ContactInvalid):
    """There is nothing to call the contact by: no name, company, e-mail or phone."""

    code = "contact_without_name"


class LeftAlone(ContactError):
    """Somebody changed since what a person had decided on."""

    code = "left_alone"


class Remark(ContactError):
    """Nothing failed, but whoever reads the line wants to know why it is there.

    :param code: str, names the sentence
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = ""


def _kept(detail: str) -> str:
    """As much of a text as is kept, without what PostgreSQL does not store."""
    most = limits.DETAIL_CHARACTERS
    return clean(detail if len(detail) <= most else f"{detail[:most]} …")
