# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answer to a request for a mailbox that is not available.

Servers send a response message for each requested item or folder, as recorded in
exchangelib's issue 901 and in the EWS Managed API's issue 219.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..refusal import ResponseError
from .call import Call
from .messages import answer_each


class _Form(NamedTuple):
    """The form of an operation's answer.

    :param part: element of the request that lists items or folders; None: it requests
    only one
    :param empty: content of a response message with an error
    """

    part: str | None
    empty: str = ""


_ITEMS = "<m:Items/>"
_FOLDERS = "<m:Folders/>"
_ATTACHMENTS = "<m:Attachments/>"
_STATE = "<m:SyncState/><m:IncludesLast{0}InRange>true</m:IncludesLast{0}InRange>"

_FORMS: Mapping[str, _Form] = {
    "ConvertId": _Form("SourceIds"),
    "CopyItem": _Form("ItemIds", _ITEMS),
    "CreateAttachment": _Form("Attachments", _ATTACHMENTS),
    "CreateFolder": _Form("Folders", _FOLDERS),
    "CreateItem": _Form("Items", _ITEMS),
    "DeleteAttachment": _Form("AttachmentIds"),
    "DeleteFolder": _Form("FolderIds"),
    "DeleteItem": _Form("ItemIds"),
    "EmptyFolder": _Form("FolderIds"),
    "FindFolder": _Form("ParentFolderIds"),
    "FindItem": _Form("ParentFolderIds"),
    "GetAttachment": _Form("AttachmentIds", _ATTACHMENTS),
    "GetFolder": _Form("FolderIds", _FOLDERS),
    "GetItem": _Form("ItemIds", _ITEMS),
    "MoveFolder": _Form("FolderIds", _FOLDERS),
    "MoveItem": _Form("ItemIds", _ITEMS),
    "ResolveNames": _Form(None),
    "SendItem": _Form("ItemIds"),
    "SyncFolderHierarchy": _Form(None, _STATE.format("Folder")),
    "SyncFolderItems": _Form(None, _STATE.format("Item")),
    "UpdateFolder": _Form("FolderChanges", _FOLDERS),
    "UpdateItem": _Form("ItemChanges", _ITEMS),
    **{
        f"{verb}UserConfiguration": _Form(None)
        for verb in ("Create", "Delete", "Get", "Update")
    },
}


def is_about_a_mailbox(operation: str) -> bool:
    """Whether an operation has anything to do with a mailbox."""
    return operation in _FORMS


def answer(call: Call, code: str) -> str:
    """The answer to a call about a mailbox that is away.

    :param code: the response code that says why
    """
    form = _FORMS[call.operation]
    targets = [None] if form.part is None else call.parts(form.part)

    def refuse(target: object) -> str:
        raise ResponseError(code)

    return answer_each(call, targets, refuse, form.empty)
