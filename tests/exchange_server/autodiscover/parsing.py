# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parse untrusted XML without entities and external references."""

from __future__ import annotations

from lxml import etree


class NotXml(ValueError):
    """The bytes are no well-formed XML."""


def parse(body: bytes) -> etree._Element:
    """The root element; entities are not expanded and nothing is fetched.

    :raises NotXml: when the bytes are not well-formed
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise NotXml(str(error)) from None
