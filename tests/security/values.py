# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of the records of each model, and values to write to each field.

A new model needs a row in :data:`ORDER` and in :func:`of`; a method with required
arguments needs a row in :data:`ARGUMENTS`.
"""

from __future__ import annotations

from security import roles

ORDER = (
    "res.partner",
    "exchange.provider",
    "exchange.account",
    "exchange.sign.in",
    "exchange.folder",
    "exchange.contact.link",
    "exchange.former.link",
    "exchange.inbox.entry",
    "exchange.sync.run",
    "exchange.sync.line",
    "res.partner.communication",
    "exchange.add.account",
    "exchange.answer",
    "exchange.export",
    "exchange.new.folder",
    "exchange.provider.test",
    "exchange.reset",
    "exchange.disconnect",
    "res.config.settings",
)
"""Models of which records are created; models come before those that refer to them."""

ARGUMENTS = {
    "action_cancel_attempt": {"attempt": "first"},
    "action_exchange_change": {"account": 1, "key": "sync"},
    "action_link_to": {"partner": 1},
    "action_open_kind": {"kind": "imported"},
}
"""Required arguments, by method."""

CLOUD = {
    "client_id": "5d2f8a1e-6c43-4f0b-8e77-1b9a0c3d4e5f",
    "tenant": "example.com",
    "login_url": "https://login.example.com",
    "graph_url": "https://graph.example.com",
}
"""Values that a provider of any kind and cloud may have."""

WRITABLE = {
    "email": "written@example.com",
    "color": 3,
    "interval_minutes": 60,
    "server_url": "https://mail.example.com/EWS/Exchange.asmx",
    "allowed_hosts": "mail.example.com",
    **CLOUD,
    "client_certificate": False,
    "company_id": 1,
    "value": "written@example.com",
    "field_rules": {},
}
"""Values by field, for fields that do not accept the value of their type."""

OF_TYPE = {
    "boolean": True,
    "char": "written",
    "text": "written",
    "html": "written",
    "integer": 7,
    "float": 7.0,
    "date": "2026-03-02",
    "datetime": "2026-03-02 12:00:00",
    "one2many": [],
    "many2many": [[6, 0, []]],
    "json": {},
    "binary": False,
    "reference": False,
}


def to_write(name, about, ids):
    """:param name: str, of a field
    :param about: dict, the description of the field by ``world.py``
    :param ids: dict of an id by model, for records of the user
    :return: a value that the field accepts, unless something else forbids it
    """
    if name in WRITABLE:
        return WRITABLE[name]
    if about["type"] == "selection":
        return about["choices"][-1]
    if about["type"] == "many2one":
        return ids.get(about["relation"], False)
    return OF_TYPE[about["type"]]


def of(env, model, user, number, made):
    """:param number: int, makes the values of several records different
    :param made: dict of existing records by model
    :return: dict of values for ``create``
    """
    name = f"{user.login}, {number}"
    one = {key: record.id for key, record in made.items()}
    account = {"account_id": one.get("exchange.account")}
    provider = env["exchange.provider"].search([], limit=1)
    mail = {"provider_id": provider.id, "email": user.login}
    table = {
        "res.partner": {"name": name},
        "exchange.provider": {"name": name, "active": False, **CLOUD},
        "exchange.account": {
            **mail,
            "email": f"{number}-{user.login}" if number else user.login,
            "password": roles.OWNER_PASSWORD,
            "user_id": user.id,
        },
        "exchange.sign.in": {**account, "refresh_token_encrypted": name},
        "exchange.folder": {**account, "name": name, "remote_id": name},
        "exchange.contact.link": {**account, "partner_id": one.get("res.partner")},
        "exchange.former.link": {**account, "partner_id": one.get("res.partner")},
        "exchange.inbox.entry": {**account, "remote_id": name},
        "exchange.sync.run": {**account, "state": "done"},
        "exchange.sync.line": {
            "run_id": one.get("exchange.sync.run"),
            "direction": "pull",
            "action": "create",
            "name": name,
        },
        "res.partner.communication": {
            "partner_id": one.get("res.partner"),
            "kind": "email",
            "value": user.login,
        },
        "exchange.add.account": {**mail, "email": f"new-{name[0]}@example.com"},
        "exchange.answer": {"line_id": one.get("exchange.sync.line")},
        "exchange.export": {"partner_ids": [(6, 0, [one.get("res.partner")])]},
        "exchange.new.folder": {**account, "name": name},
        "exchange.provider.test": {"provider_id": provider.id},
        "exchange.disconnect": account,
        "exchange.reset": account,
        "res.config.settings": {},
    }
    return table[model]
