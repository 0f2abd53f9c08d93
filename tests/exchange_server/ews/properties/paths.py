# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Property paths: the three ways in which a request names a property.

Source: the EWS pages "FieldURI", "IndexedFieldURI" and "ExtendedFieldURI".
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ...schema import schema_violation
from ..xmltext import T, attribute
from .extended import ExtendedPath, extended_xml, read_extended_path

_ADDRESS = "contacts:PhysicalAddress:"


@dataclass(frozen=True)
class FieldPath:
    """A property with a field URI of its own."""

    uri: str

    @property
    def key(self) -> str:
        return self.uri

    def xml(self) -> str:
        """The path as it appears in shapes, restrictions and error messages."""
        return f'<t:FieldURI FieldURI="{attribute(self.uri)}"/>'


@dataclass(frozen=True)
class IndexedPath:
    """One entry of a dictionary property, such as one phone number of a contact."""

    uri: str
    index: str

    @property
    def key(self) -> str:
        """The key of the entry's value in :attr:`Item.values`.

        >>> IndexedPath("contacts:PhoneNumber", "MobilePhone").key
        'contacts:PhoneNumber:MobilePhone'
        >>> IndexedPath("contacts:PhysicalAddress:City", "Home").key
        'contacts:PhysicalAddress:Home:City'
        """
        if self.uri.startswith(_ADDRESS):
            return f"{_ADDRESS}{self.index}:{self.uri[len(_ADDRESS) :]}"
        return f"{self.uri}:{self.index}"

    def xml(self) -> str:
        """The path as it appears in shapes, restrictions and error messages."""
        return (
            f'<t:IndexedFieldURI FieldURI="{attribute(self.uri)}"'
            f' FieldIndex="{attribute(self.index)}"/>'
        )


Path = FieldPath | IndexedPath | ExtendedPath


def path_xml(key: str) -> str:
    """The path, as error messages name it, of the property with a key.

    >>> path_xml("contacts:PhysicalAddress:Home:City")
    '<t:IndexedFieldURI FieldURI="contacts:PhysicalAddress:City" FieldIndex="Home"/>'
    """
    if key.startswith("extended:"):
        return extended_xml(key)
    family, _, rest = key.partition(":")
    name, *index = rest.split(":")
    if not index:
        return FieldPath(key).xml()
    uri = f"{family}:{name}"
    if f"{uri}:" == _ADDRESS and len(index) > 1:
        uri = f"{uri}:{index[1]}"
    return IndexedPath(uri, index[0]).xml()


def read_path(element: etree._Element) -> Path:
    """The path that an element of a request names.

    :param element: a FieldURI, IndexedFieldURI or ExtendedFieldURI
    :raises ResponseError: for an impossible extended property
    :raises SoapFault: ErrorSchemaValidation for any other element
    """
    if element.tag == f"{T}FieldURI":
        return FieldPath(element.get("FieldURI", ""))
    if element.tag == f"{T}IndexedFieldURI":
        return IndexedPath(element.get("FieldURI", ""), element.get("FieldIndex", ""))
    if element.tag == f"{T}ExtendedFieldURI":
        return read_extended_path(element)
    raise schema_violation(f"'{element.tag}' is no property path.", element.sourceline)


def is_path(element: etree._Element) -> bool:
    """Whether the element is one that :func:`read_path` understands."""
    return element.tag in (
        f"{T}FieldURI",
        f"{T}IndexedFieldURI",
        f"{T}ExtendedFieldURI",
    )
