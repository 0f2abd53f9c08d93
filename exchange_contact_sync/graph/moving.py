# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate the ids that EWS gave to those of Graph.

"user: translateExchangeIds" (https://learn.microsoft.com/graph/api/user-
translateexchangeids). Usually they differ only in their alphabet (``ids.py``), so few
ids change. But the same folder may have several ids (microsoft-graph-docs issue 6273),
of which only the one that Graph itself uses can be compared with later answers.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..outlook.reading import understood
from .connection import GraphConnection
from .errors import NO_ANSWER, request_error
from .ids import from_graph
from .message import Request

MAX_IDS = 1000
"""The most ids in a request."""


def translated(connection: GraphConnection, ids: Sequence[str]) -> dict[str, str]:
    """Return the ids that Graph writes differently.

    :param ids: of contacts and folders, as EWS writes them
    :return: the id that this package uses, by the one that EWS gave. Empty if the
        server cannot translate: national clouds do not offer it, and an application
        needs another permission for it. Then ids are converted by their alphabet only.
    :raises SyncError: the server did not answer
    """
    found: dict[str, str] = {}
    for start in range(0, len(ids), MAX_IDS):
        part = ids[start : start + MAX_IDS]
        body = {
            "inputIds": list(part),
            "sourceIdType": "ewsId",
            "targetIdType": "restId",
        }
        answer = connection.send(Request("POST", "/translateExchangeIds", body))
        if not answer.is_success:
            error = request_error(answer)
            if isinstance(error, NO_ANSWER):
                raise error
            return found
        with understood("translateExchangeIds"):
            for entry in answer.entries:
                source, target = entry.get("sourceId"), entry.get("targetId")
                if isinstance(source, str) and target:
                    found[source] = from_graph(target)
    return {old: new for old, new in found.items() if old != new}
