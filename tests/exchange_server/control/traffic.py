# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counters, recorded requests, and the addresses of the server."""

from __future__ import annotations

from .routes import BadCall, Call, Routes

routes = Routes()


@routes.on("GET", "")
def overview(call: Call) -> object:
    """Return the addresses of the services and of the mailboxes."""
    server = call.server
    return {
        "ews": server.url,
        "autodiscover": server.autodiscover_url,
        "graph": server.graph_url,
        "authority": server.authority_url,
        "mailboxes": [mailbox.address for mailbox in server.exchange.mailboxes()],
    }


@routes.on("GET", "counters")
def counters(call: Call) -> object:
    """Requests by operation and by user, writes, and the log of requests."""
    return call.server.counters.as_dict()


@routes.on("DELETE", "counters")
def reset_counters(call: Call) -> object:
    """Count from nothing again."""
    call.server.counters.reset()
    return None


@routes.on("GET", "recorder")
def recorded(call: Call) -> object:
    """The recorded requests and answers; ?operation=GetItem for some of them."""
    recorder, wanted = call.server.recorder, call.query.get("operation")
    return {
        "enabled": recorder.enabled,
        "exchanged": [
            {
                "operation": one.operation,
                "user": one.user,
                "request": _text(one.request),
                "status": one.status,
                "answer": _text(one.answer),
            }
            for one in list(recorder.exchanged)
            if wanted in (None, one.operation)
        ],
    }


@routes.on("PUT", "recorder")
def switch_recorder(call: Call) -> object:
    """{"enabled": true} forgets and starts, {"enabled": false} stops."""
    call.only(required=("enabled",))
    enabled = call.data["enabled"]
    if not isinstance(enabled, bool):
        raise BadCall("enabled must be true or false")
    if enabled:
        call.server.recorder.start()
    else:
        call.server.recorder.stop()
    return None


@routes.on("GET", "errors")
def errors(call: Call) -> object:
    """The simulator's own failures, which should be none."""
    return [f"{type(error).__name__}: {error}" for error in call.server.errors]


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode("utf-8", "replace")
