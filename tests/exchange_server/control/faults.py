# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults and Autodiscover redirects over HTTP."""

from __future__ import annotations

from ..faults import MAKERS
from .routes import BadCall, Call, NotThere, Routes

routes = Routes()

NUMBER, TEXT, TRUTH = "a whole number", "a text", "true or false"
# What the makers in faults.py take, by the JSON type that is right for it.
TYPES: dict[str, tuple[tuple[type, ...], str]] = {
    "kind": ((str,), TEXT),
    "operation": ((str, type(None)), TEXT),
    "user": ((str, type(None)), TEXT),
    "nth": ((int,), NUMBER),
    "times": ((int, type(None)), f"{NUMBER} or null"),
    "back_off_ms": ((int, type(None)), f"{NUMBER} or null"),
    "status": ((int,), NUMBER),
    "retry_after": ((int, type(None)), f"{NUMBER} or null"),
    "body": ((str, type(None)), TEXT),
    "location": ((str, type(None)), TEXT),
    "seconds": ((int, float), "a number"),
    "pause": ((int, float), "a number"),
    "size": ((int,), NUMBER),
    "sent": ((int, type(None)), f"{NUMBER} or null"),
    "pattern": ((str,), TEXT),
    "text": ((str,), TEXT),
    "count": ((int,), NUMBER),
    "reset": ((bool,), TRUTH),
    "code": ((str, type(None)), TEXT),
    "properties": ((list, type(None)), "a list of texts"),
    "property": ((str,), TEXT),
    "value": ((str, type(None)), TEXT),
    "contains": ((str, type(None)), TEXT),
    "named": ((bool,), TRUTH),
    "group_clears": ((bool,), TRUTH),
    "from_item": ((int,), NUMBER),
    "longest": ((int,), NUMBER),
    "message": ((str,), TEXT),
    "values": ((dict,), "an object"),
}


@routes.on("GET", "faults")
def all_faults(call: Call) -> object:
    """All faults with the number of requests they saw and hit."""
    return [fault.as_dict() for fault in call.server.faults.all()]


@routes.on("POST", "faults")
def add_fault(call: Call) -> object:
    """{"kind": "busy", "operation": "CreateItem", "back_off_ms": 500, "times": 1}"""
    _check_types(call)
    arguments = dict(call.data)
    maker = MAKERS.get(str(arguments.pop("kind", None)))
    if maker is None:
        raise BadCall(f"kind must be one of {', '.join(MAKERS)}")
    try:
        fault = maker(**arguments)
    except TypeError as error:  # an argument that this kind does not take
        raise BadCall(str(error)) from None
    return call.server.faults.add(fault).as_dict()


@routes.on("DELETE", "faults")
def clear_faults(call: Call) -> object:
    """Remove all faults."""
    call.server.faults.clear()
    return None


@routes.on("DELETE", "faults/{id}")
def remove_fault(call: Call) -> object:
    """Remove one fault."""
    try:
        call.server.faults.remove(int(call.params["id"]))
    except (KeyError, ValueError):
        raise NotThere(f"no fault {call.params['id']}") from None
    return None


@routes.on("GET", "redirects")
def redirects(call: Call) -> object:
    """Return the addresses that Autodiscover redirects, with their targets."""
    return call.server.directory.redirects()


@routes.on("POST", "redirects")
def add_redirect(call: Call) -> object:
    """{"address": "old@example.com", "target": "new@example.com" or a URL}"""
    call.only(required=("address", "target"))
    address, target = str(call.data["address"]), str(call.data["target"])
    call.server.directory.redirect(address, target)
    return None


@routes.on("DELETE", "redirects")
def clear_redirects(call: Call) -> object:
    """Remove all redirections."""
    call.server.directory.clear_redirects()
    return None


def _check_types(call: Call) -> None:
    call.only(*TYPES)
    for name, value in call.data.items():
        types, words = TYPES[name]
        is_truth = isinstance(value, bool)  # which is an int to Python
        if not isinstance(value, types) or (is_truth and bool not in types):
            raise BadCall(f"{name} must be {words}")
