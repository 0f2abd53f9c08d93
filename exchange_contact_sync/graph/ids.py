# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Convert the ids of Graph to those of EWS and back.

A classic Graph id is the EWS id with ``-`` instead of ``/`` and ``_`` instead of ``+``
(https://learn.microsoft.com/javascript/api/outlook/office.mailbox, ``convertToRestId``;
microsoft-graph-docs issue 14419). Above this package, ids have the alphabet of EWS, so
that links stay valid when an account changes from EWS to Graph.
"""

from __future__ import annotations

from urllib.parse import quote

from ..outlook.reading import checked_id

_TO_GRAPH = str.maketrans("/+", "-_")
_FROM_GRAPH = str.maketrans("-_", "/+")


def to_graph(text: str) -> str:
    """Return an id as Graph writes it, ready for a path."""
    return quote(text.translate(_TO_GRAPH), safe="")


def from_graph(value: object) -> str:
    """Return an id of an answer as EWS writes it.

    :raises ValueError: the value is missing, or not an id
    """
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise ValueError("an id is missing or not a text")
    return checked_id(value.translate(_FROM_GRAPH))


def version_of(etag: object) -> str:
    """Return the version of an item from its ``@odata.etag``.

    :raises ValueError: there is none
    """
    if not isinstance(etag, str) or not etag.isascii() or not etag.isprintable():
        raise ValueError("an item without @odata.etag")
    return checked_id(etag.removeprefix("W/").strip('"'))


def etag_of(version: str) -> str:
    """Return the value of If-Match for a version."""
    return f'W/"{version}"'
