# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Item shapes: which properties of an item an answer holds, and writing them.

Sources: the EWS pages "ItemShape", "BaseShape", "AdditionalProperties" and "Property
sets and response shapes in EWS in Exchange"; "ErrorInvalidPropertyRequest" on the page
"ResponseCode". A shape is compiled once for each kind of items into a list of functions
that write one property each, so that writing thousands of items is quick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from lxml import etree

from ...properties import body
from ...properties.mapi import ExtendedGetter, extended_getter
from ...refusal import ResponseError
from ..parts import children, is_true
from ..versions import Version
from ..xmltext import T
from .dictionaries import Dictionary
from .extended import ExtendedPath
from .item_kinds import CONTACT, AnyProperty, ItemKind, kind_of
from .kinds import BODY, TEXT
from .paths import FieldPath, IndexedPath, Path, read_path
from .people import PERSON
from .property import Property

if TYPE_CHECKING:
    from ...store.item import Item

ItemWriter = Callable[["Item"], str]

# Clients of newer schemas may ask for the properties of several kinds at once:
# exchangelib reads contacts with the members of lists among the properties, and its
# issues 199 and 909 show servers of 2007 and 2010 refuse the like. Where exactly
# servers became lenient is not documented; this is our assumption.
_LENIENT_FROM = Version.EXCHANGE_2013_SP1

# The families of field URIs that some kind of items has.
_FAMILIES_OF_ITEMS = frozenset(
    "item message meeting meetingRequest calendar task contacts distributionlist"
    " postitem".split()
)

_BODIES = {"item:Body": "BodyType", "item:NormalizedBody": "NormalizedBodyType"}


@dataclass(eq=False)
class ItemShape:
    """What of an item goes into an answer.

    :param base: ``IdOnly``, ``Default`` or ``AllProperties``
    :param paths: the additional properties
    :param body_types: which form of each body is wanted, by field URI
    :param filters_html: whether HTML is rewritten without active content
    :param version: of the schema that the request was written for
    :param is_list: whether the answer lists items (FindItem, SyncFolderItems)
    :param longest_text: characters of a text that are returned; None: all
    """

    base: str = "IdOnly"
    paths: tuple[Path, ...] = ()
    body_types: dict[str, str] = field(default_factory=dict)
    filters_html: bool = False
    version: Version = Version.EXCHANGE_2013
    is_list: bool = False
    longest_text: int | None = None
    _compiled: dict[ItemKind, list[ItemWriter]] = field(default_factory=dict)

    def write(self, item: Item) -> str:
        """The complete element of an item.

        :raises ResponseError: when a property is not one of this kind of items
        """
        kind = kind_of(item.item_class)
        writers = self._compiled.get(kind)
        if writers is None:
            writers = self._compiled[kind] = self._compile(kind)
        content = "".join([write(item) for write in writers])
        return f"<t:{kind.element}>{content}</t:{kind.element}>"

    def check(self) -> None:
        """Refuse what can never be listed, before the first item is met.

        :raises ResponseError: ErrorInvalidPropertyForOperation, as FindItem answers
        """
        for path in self.paths:
            if isinstance(path, FieldPath):
                found = CONTACT.by_uri.get(path.uri)
                if found is not None and isinstance(found.in_list, str):
                    raise ResponseError(found.in_list, None, path.xml())

    def _compile(self, kind: ItemKind) -> list[ItemWriter]:
        chosen: dict[AnyProperty, set[str] | None] = {
            each: None for each in kind.properties if self._is_in_base(each)
        }
        extended: list[ExtendedPath] = []
        for path in self.paths:
            if isinstance(path, ExtendedPath):
                extended.append(path)
            elif isinstance(path, IndexedPath):
                self._choose_entry(kind, path, chosen)
            else:
                self._choose(kind, path, chosen)
        return [
            *self._writers(kind.before, chosen),
            *(
                partial(
                    _write_extended, path, extended_getter(path.name), self.longest_text
                )
                for path in dict.fromkeys(extended)
            ),
            *self._writers(kind.after, chosen),
        ]

    def _is_in_base(self, each: AnyProperty) -> bool:
        if each.uri == "item:ItemId":
            return True
        if self.is_list and each.in_list is not True:
            return False
        if self.base == "AllProperties":
            return each.in_all
        return self.base == "Default" and each.in_default

    def _choose(
        self,
        kind: ItemKind,
        path: FieldPath,
        chosen: dict[AnyProperty, set[str] | None],
    ) -> None:
        found = kind.by_uri.get(path.uri)
        if found is None:
            self._refuse_foreign(path)
        elif not self.is_list or found.in_list is True:
            chosen[found] = None

    def _choose_entry(
        self,
        kind: ItemKind,
        path: IndexedPath,
        chosen: dict[AnyProperty, set[str] | None],
    ) -> None:
        found = kind.by_entry_uri.get(path.uri)
        if found is None:
            self._refuse_foreign(path)
            return
        wanted = chosen.setdefault(found, set())
        if wanted is not None:
            wanted.add(path.key)

    def _refuse_foreign(self, path: FieldPath | IndexedPath) -> None:
        """A property that this kind of items does not have."""
        is_of_items = path.uri.partition(":")[0] in _FAMILIES_OF_ITEMS
        if self.is_list or (is_of_items and self.version >= _LENIENT_FROM):
            return
        raise ResponseError("ErrorInvalidPropertyRequest", None, path.xml())

    def _writers(
        self,
        properties: Iterable[AnyProperty],
        chosen: dict[AnyProperty, set[str] | None],
    ) -> list[ItemWriter]:
        writers: list[ItemWriter] = []
        for each in properties:
            if each not in chosen:
                continue
            if isinstance(each, Dictionary):
                writers.append(each.writer(chosen[each]))
            elif self.longest_text is not None and each.kind is TEXT:
                writers.append(_short_writer(each, self.longest_text))
            elif self.is_list and each.kind is PERSON:
                writers.append(_name_writer(each))
            elif each.uri in self.body_types:
                wanted = self.body_types[each.uri]
                writers.append(_body_writer(each, wanted, self.filters_html))
            else:
                writers.append(each.writer())
        return writers


def read_item_shape(
    element: etree._Element | None, version: Version, is_list: bool = False
) -> ItemShape:
    """The shape that a request's ItemShape element describes."""
    if element is None:
        return ItemShape("Default", version=version, is_list=is_list)
    additional = element.find(f"{T}AdditionalProperties")
    return ItemShape(
        base=element.findtext(f"{T}BaseShape") or "Default",
        paths=tuple(read_path(each) for each in children(additional, 0)),
        body_types={
            uri: element.findtext(f"{T}{name}") or "Best"
            for uri, name in _BODIES.items()
        },
        filters_html=is_true(element.findtext(f"{T}FilterHtmlContent")),
        version=version,
        is_list=is_list,
    )


def _body_writer(each: Property, wanted: str, filters_html: bool) -> ItemWriter:
    write = BODY.writer(each.element)

    def write_body(item: Item) -> str:
        value = each.value(item)
        if value is None:
            return ""
        body_type, text = body.as_requested(value, wanted)
        if filters_html and body_type == "HTML" and text:
            text = body.filtered(text)
        return write((body_type, text))

    return write_body


def _name_writer(each: Property) -> ItemWriter:
    """Lists name a sender or organizer without the address (page "FindItem")."""
    write = PERSON.writer(each.element)

    def write_name(item: Item) -> str:
        people = each.value(item)
        return write([{"Name": people[0].get("Name", "")}]) if people else ""

    return write_name


def _short_writer(each: Property, longest: int) -> ItemWriter:
    write = TEXT.writer(each.element)

    def write_short(item: Item) -> str:
        value = each.value(item)
        return "" if value is None else write(str(value)[:longest])

    return write_short


def _write_extended(
    path: ExtendedPath, get: ExtendedGetter, longest: int | None, item: Item
) -> str:
    value = get(item)
    if longest is not None and path.type == "String" and value is not None:
        value = value[:longest]
    return "" if value is None else path.write(value)
