# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UpdateItem: change properties of items. Source: the EWS page "UpdateItem operation".

What happens if another client changed the item in between depends on the attribute
ConflictResolution (EWS page "UpdateItem"): NeverOverwrite fails, AlwaysOverwrite
writes, AutoResolve resolves what it can: here, changes of different properties. Two
changes of one property are what "ErrorIrresolvableConflict" on the page "ResponseCode"
speaks of.
"""

from __future__ import annotations

from lxml import etree

from ...properties.changes import Changes
from ...refusal import ResponseError
from ...store import ids
from ...store.item import Item
from ...store.values import size_of
from ..call import Call
from ..messages import answer_each
from ..parts import children
from ..properties.shapes import ItemShape
from ..properties.updating import read_changes
from .create_attachment import check_size

EMPTY = "<m:Items/>"
_CONFLICTS = "<m:ConflictResults><t:Count>{}</t:Count></m:ConflictResults>"


def answer(call: Call) -> str:
    """The answer to a call: one message for each item."""
    resolution = call.behaviors.resolution(call.setting("ConflictResolution"))

    def update(change: etree._Element) -> str:
        target, updates, *_ = children(change, 2)
        item = call.item(target)
        _check_has_change_key(target, resolution)
        _check_settings(call, item)
        changes = read_changes(item, updates)
        call.behaviors.limit(changes)
        check_size(call, size_of(changes.outcome()))
        resolved = _resolve(item, target.get("ChangeKey"), resolution, changes)
        _save(call, item, changes)
        written = ItemShape().write(item)
        return f"<m:Items>{written}</m:Items>{_CONFLICTS.format(resolved)}"

    return answer_each(call, call.parts("ItemChanges"), update, EMPTY)


def _check_has_change_key(target: etree._Element, resolution: str) -> None:
    """Check the change key, without which conflicts cannot be recognized.

    The page "ResponseCode" wants one even for AlwaysOverwrite; clients that send none
    then are served all the same, so this server does not insist.
    """
    if target.get("ChangeKey") is None and resolution != "AlwaysOverwrite":
        raise ResponseError("ErrorChangeKeyRequiredForWriteOperations")


def _check_settings(call: Call, item: Item) -> None:
    """Messages and appointments need attributes that say what to send: nothing."""
    if item.item_class.startswith("IPM.Note"):
        if call.request.get("MessageDisposition") is None:
            raise ResponseError("ErrorMessageDispositionRequired")
    if item.item_class.startswith("IPM.Appointment"):
        if call.request.get("SendMeetingInvitationsOrCancellations") is None:
            raise ResponseError("ErrorSendMeetingInvitationsOrCancellationsRequired")


def _resolve(
    item: Item, change_key: str | None, resolution: str, changes: Changes
) -> int:
    """Decide about a conflict; returns how many changes of others were kept.

    :raises ResponseError: ErrorIrresolvableConflict
    """
    if change_key is None or resolution == "AlwaysOverwrite":
        return 0
    version = ids.version_of(change_key)
    if version == item.version:
        return 0
    theirs = item.keys_changed_since(version)
    both = changes.keys & theirs
    if resolution == "NeverOverwrite" or any(
        changes.value(key) != item.values.get(key) for key in both
    ):
        raise ResponseError("ErrorIrresolvableConflict")
    return len(theirs - both)


def _save(call: Call, item: Item, changes: Changes) -> None:
    if changes.item_class is not None:
        item.item_class = changes.item_class
    call.mailbox.change_item(item, changes.sets, changes.deletes)
