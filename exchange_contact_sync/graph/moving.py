# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Translate the ids that EWS gave to those of Graph.

"user: translateExchangeIds" (https://learn.microsoft.com/graph/api/user-
translateexchangeids). As a rule the two differ in their alphabet only (``ids.py``), so
this changes little; but the same folder may have several ids (microsoft-graph-docs
issue 6273), and then they have to be those that Graph itself uses.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..outlook.reading import understood
from .connection import GraphConnection
from .errors import NO_ANSWER, request_error
from .ids import from_graph
from .message import Request

MOST = 1000
"""Ids in a request."""


def translated(connection: GraphConnection, ids: Sequence[str]) -> dict[str, str]:
    """Return the ids that Graph writes differently.

    :param ids: of contacts and folders, as EWS writes them
    :return: by id, the one that this package uses; none where the server cannot
        translate: national clouds do not offer it, and an application needs another
        permission for it. The same alphabet is then all that is known.
    :raises SyncError: the server did not answer
    """
    found: dict[str, str] = {}
    for start in range(0, len(ids), MOST):
        part = ids[start : start + MOST]
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
