# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the ids of Graph to those of EWS and back.

A classic Graph id is the EWS id with ``-`` instead of ``/`` and ``_`` instead of ``+``
(https://learn.microsoft.com/javascript/api/outlook/office.mailbox, ``convertToRestId``;
microsoft-graph-docs issue 14419). Above this package, ids have the alphabet of EWS, so
that links stay valid when an account changes from EWS to Graph.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from ..outlook.reading import checked_id

_SWAPPED = str.maketrans("/+-_", "-_/+")
"""Swaps characters in both directions, so that converting an id twice does not change
it.
"""


def to_graph(text: str) -> str:
    """Return an id as Graph writes it, ready for a path."""
    return quote(text.translate(_SWAPPED), safe="")


def from_graph(value: object) -> str:
    """Return an id of an answer as EWS writes it.

    :raises ValueError: the value is missing, or not an id
    """
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise ValueError("an id is missing or not a text")
    return checked_id(value.translate(_SWAPPED))


def version_of(item: Mapping[str, object]) -> str:
    """Return the version of an item.

    :param item: with ``@odata.etag`` or ``changeKey``, which is the same text
    :raises ValueError: it has neither
    """
    return checked_id(_etag(item).removeprefix("W/").strip('"'))


def etag_of(item: Mapping[str, object]) -> str:
    """Return the value of If-Match for an item, as the server wrote it.

    :raises ValueError: it has no version
    """
    return _etag(item)


def _etag(item: Mapping[str, object]) -> str:
    etag, key = item.get("@odata.etag"), item.get("changeKey")
    if not etag and isinstance(key, str) and key:
        etag = f'W/"{key}"'
    if not isinstance(etag, str) or not etag.isascii() or not etag.isprintable():
        raise ValueError("an item without a version")
    return etag
