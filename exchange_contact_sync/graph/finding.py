# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Find contacts by their sync keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.mailbox import RemoteRef
from ..outlook.properties import SYNC_KEY
from ..outlook.reading import understood
from . import batch
from .connection import GraphConnection
from .contacts.layout import KEYS, query_for
from .contacts.parse import reference
from .errors import folder_error
from .message import Answer, Request
from .odata import extended_values, has_value
from .reading import folder_path


def find(
    connection: GraphConnection, folder: str, sync_keys: Sequence[str], at_once: int
) -> dict[str, RemoteRef]:
    """Return the contacts of a folder that have one of these sync keys.

    One filter for each key: how many terms a filter may have is not documented.

    :param at_once: how many filters go into one request
    :return: by sync key, the oldest
    :raises FolderGone: the folder was deleted
    """
    found: dict[str, RemoteRef] = {}
    names = ["id", "changeKey", "createdDateTime"]
    for start in range(0, len(sync_keys), at_once):
        part = sync_keys[start : start + at_once]
        queries = [
            query_for(
                names, KEYS, top=batch.MAX_REQUESTS, where=has_value(SYNC_KEY, key)
            )
            for key in part
        ]
        path = f"{folder_path(folder)}/contacts"
        requests = [Request("GET", f"{path}{query}") for query in queries]
        answers = connection.batch(requests)
        for key, answer in zip(part, answers, strict=True):
            ref = _oldest(answer, key)
            if ref:
                found[key] = replace(ref, folder=folder)
    return found


def _oldest(answer: Answer, sync_key: str) -> RemoteRef | None:
    """Return the oldest contact with a sync key.

    Filters ignore case, so the key is compared again.

    :raises SyncError: the folder cannot be searched
    """
    if not answer.is_success:
        raise folder_error(answer)
    with understood("contacts"):
        items = sorted(answer.entries, key=lambda one: str(one.get("createdDateTime")))
        refs = (reference(item, extended_values(item)) for item in items)
        return next((ref for ref in refs if ref.sync_key == sync_key), None)
