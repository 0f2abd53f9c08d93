# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the changes in an UpdateItem request do to the values of an item.

Sources: the EWS pages "UpdateItem operation", "SetItemField", "AppendToItemField" and
"DeleteItemField", and the errors of properties on the page "ResponseCode".
"""

from __future__ import annotations

from lxml import etree

from ...properties import body
from ...properties.changes import Changes, keys_with
from ...properties.names import FILE_AS, FILE_AS_MAPPING, outdates_file_as
from ...refusal import ResponseError
from ...store.item import Item
from ...store.values import Values
from ..parts import children
from ..xmltext import T
from .dictionaries import Dictionary
from .extended import ExtendedPath, read_item_property
from .item_kinds import ItemKind, kind_of
from .paths import FieldPath, IndexedPath, Path, read_path
from .people import member_key
from .property import Property
from .reading import ITEM_CLASS

_MEMBERS = "distributionlist:Members"
_MEMBER = "distributionlist:Members:Member"
# "ErrorInvalidPropertyAppend" on the page "ResponseCode"; members of a list are
# appended by the EWS Managed API.
_APPENDABLE = frozenset(
    {
        _MEMBERS,
        "message:ToRecipients",
        "message:CcRecipients",
        "message:BccRecipients",
        "message:ReplyTo",
    }
)


def read_changes(item: Item, updates: etree._Element) -> Changes:
    """The changes in an Updates element, applied in their order.

    :raises ResponseError: for the first change that cannot be made
    """
    kind = kind_of(item.item_class)
    changes = Changes(item)
    for update in children(updates):
        _apply(kind, update, changes)
    _finish(kind, changes)
    return changes


def _apply(kind: ItemKind, update: etree._Element, changes: Changes) -> None:
    action = etree.QName(update).localname
    path = read_path(children(update)[0])
    if action == "DeleteItemField":
        _delete(kind, path, changes)
        return
    content = children(children(update, 2)[1], 0)
    if len(content) != 1:
        raise ResponseError("ErrorIncorrectUpdatePropertyCount", None, path.xml())
    if action == "SetItemField":
        _set(kind, path, content[0], changes)
    else:
        _append(kind, path, content[0], changes)


def _set(kind: ItemKind, path: Path, element: etree._Element, changes: Changes) -> None:
    if isinstance(path, ExtendedPath):
        changes.set(_read_extended(path, element))
        return
    if isinstance(path, IndexedPath):
        values = _read_entry(kind, path, element)
        changes.delete(keys_with(path.key, changes.item))
        changes.set(values)
        return
    found = _property(kind, path)
    if isinstance(found, Dictionary) or found.refusal is not None:
        code = found.refusal or "ErrorInvalidPropertySet"
        raise ResponseError(code, None, path.xml())
    if etree.QName(element).localname != found.element:
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    changes.set(found.read(element))


def _read_extended(path: ExtendedPath, element: etree._Element) -> Values:
    if element.tag != f"{T}ExtendedProperty":
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    given, values = read_item_property(element)
    if given.name != path.name:
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    return values


def _read_entry(kind: ItemKind, path: IndexedPath, element: etree._Element) -> Values:
    found = _dictionary(kind, path)
    if etree.QName(element).localname != found.element:
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    values = found.read(element)
    of_entry = [k for k in values if k == path.key or k.startswith(f"{path.key}:")]
    if path.key not in values or len(of_entry) != len(values):
        raise ResponseError("ErrorUpdatePropertyMismatch", None, path.xml())
    return values


def _append(
    kind: ItemKind, path: Path, element: etree._Element, changes: Changes
) -> None:
    uri = path.uri if isinstance(path, FieldPath) else ""
    found = kind.by_uri.get(uri)
    if not isinstance(found, Property) or element.tag != f"{T}{found.element}":
        raise ResponseError("ErrorInvalidPropertyAppend", None, path.xml())
    addition = found.read(element)[uri]
    if uri == "item:Body":
        joined = body.append(changes.value(uri) or body.EMPTY, addition)
    elif uri in _APPENDABLE:
        joined = [*(changes.value(uri) or []), *addition]
    else:
        joined = None
    if joined is None:
        raise ResponseError("ErrorInvalidPropertyAppend", None, path.xml())
    changes.set({uri: joined})


def _delete(kind: ItemKind, path: Path, changes: Changes) -> None:
    if isinstance(path, ExtendedPath):
        changes.deleted_names.add(path.name)
        changes.delete(keys_with(path.key, changes.item))
    elif isinstance(path, IndexedPath) and path.uri == _MEMBER:
        _delete_member(path, changes)
    elif isinstance(path, IndexedPath):
        _dictionary(kind, path)
        changes.delete(keys_with(path.key, changes.item))
    else:
        found = _property(kind, path)
        if isinstance(found, Dictionary) or found.refusal or path.uri == ITEM_CLASS:
            raise ResponseError("ErrorInvalidPropertyDelete", None, path.xml())
        changes.delete(keys_with(path.uri, changes.item))


def _delete_member(path: IndexedPath, changes: Changes) -> None:
    members = changes.value(_MEMBERS) or []
    left = [each for each in members if member_key(each) != path.index]
    if len(left) == len(members):
        raise ResponseError("ErrorDistributionListMemberNotExist", None, path.xml())
    changes.set({_MEMBERS: left})


def _property(kind: ItemKind, path: FieldPath) -> Property | Dictionary:
    found = kind.by_uri.get(path.uri)
    if found is None:
        raise ResponseError("ErrorInvalidPropertyRequest", None, path.xml())
    return found


def _dictionary(kind: ItemKind, path: IndexedPath) -> Dictionary:
    found = kind.by_entry_uri.get(path.uri)
    if found is None or path.key not in found.keys:
        raise ResponseError("ErrorInvalidPropertyRequest", None, path.xml())
    return found


def _finish(kind: ItemKind, changes: Changes) -> None:
    """What follows from the changes as a whole."""
    if FILE_AS in changes.sets and FILE_AS_MAPPING not in changes.sets:
        changes.delete((FILE_AS_MAPPING,))
    if outdates_file_as(changes.outcome(), changes.keys):
        changes.delete((FILE_AS,))
    wanted = changes.sets.pop(ITEM_CLASS, None)
    if wanted is not None:
        if kind_of(str(wanted)) is not kind:
            raise ResponseError("ErrorObjectTypeChanged")
        changes.item_class = str(wanted)
