# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run inside Odoo's shell: create the users and the records of each owner, and find the
models, methods and fields to test. The result is written to a file as JSON.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path

from odoo import fields, models

from security import roles, values

ADDON = "exchange_contact_sync"
CODE = f"odoo.addons.{ADDON}"
DOORS = ("JSON-RPC", "JSON-2", "XML-RPC")
SETS = ("shown", "acting", "spare", "gone 1", "gone 2", "gone 3")
"""Sets of records of each owner: records to read, to call methods on, to write, and
three to delete, one through each API."""
OTHERS = ("others 1", "others 2", "others 3")
"""Sets of records of the owner that others try to delete, one through each API."""
OF_ADMINISTRATOR = ("exchange.provider.test", "res.config.settings")
"""Models whose records belong to administrators."""


def build(env, server_url: str, path: str) -> None:
    """:param server_url: of the mail server
    :param path: of the file to write
    """
    users = {role: _user(env, role) for role in roles.RIGHTS}
    portal = {"name": "portal", "login": roles.address("portal")}
    portal["group_ids"] = [(6, 0, env.ref("base.group_portal").ids)]
    users["portal"] = env["res.users"].create({**portal, "password": "portal"})
    implied = env.ref("base.group_user")
    for name in (roles.IMPORT, roles.EXPORT):
        implied.implied_ids -= env.ref(f"{ADDON}.{name}")
    _provider(env, server_url)
    rows = {}
    for role in roles.OWNERS:
        sets = SETS + (OTHERS if role == "owner" else ())
        for number, name in enumerate(sets):
            rows.setdefault(role, {})[name] = _rows(env, users[role], number)
    for name in SETS + OTHERS:
        made = {model: _row(env, users, model) for model in OF_ADMINISTRATOR}
        rows.setdefault("administrator", {})[name] = made
    found = {
        "users": {role: user.id for role, user in users.items()},
        "public": env.ref("base.public_user").id,
        "keys": {role: _api_key(user) for role, user in users.items()},
        "rows": rows,
        "values": {role: _values(env, user, rows) for role, user in users.items()},
        "models": {name: _surface(model) for name, model in _models(env)},
    }
    env.cr.commit()
    Path(path).write_text(json.dumps(found))


def _user(env, role):
    groups = [f"{ADDON}.{name}" for name in roles.RIGHTS[role]]
    groups += ["base.group_user", "base.group_partner_manager"]
    groups += ["base.group_allow_export"]
    if role == "administrator":
        groups.append("base.group_system")
    login = roles.address(role)
    vals = {"name": role, "login": login, "email": login, "password": role}
    ids = [env.ref(group).id for group in groups]
    return env["res.users"].create({**vals, "group_ids": [(6, 0, ids)]})


def _api_key(user):
    keys = user.env["res.users.apikeys"].with_user(user).sudo()
    later = fields.Datetime.add(fields.Datetime.now(), days=1)
    return keys._generate("rpc", "test", later)


def _provider(env, server_url):
    env["exchange.provider"].search([]).active = False
    env["exchange.provider"].create({"name": "Mail", "server_url": server_url})


def _row(env, users, model):
    user = users["administrator"]
    vals = values.of(env, model, user, 0, {})
    return env[model].with_user(user).sudo().create(vals).id


def _rows(env, user, number):
    """:return: dict of an id by model, with one record of each model for a user"""
    made = {}
    for model in values.ORDER:
        vals = values.of(env, model, user, number, made)
        # Created as superuser, but with the user as creator.
        made[model] = env[model].with_user(user).sudo().create(vals)
    account = made["exchange.account"]
    account.write({"state": "connected", "connected_since": fields.Datetime.now()})
    if number == SETS.index("spare"):
        account.write({"state": "draft", "connected_since": False})
        made["exchange.contact.link"].unlink()
        made["exchange.inbox.entry"].unlink()
    return {model: record.id for model, record in made.items()}


def _values(env, user, rows):
    """:return: dict of values for ``create`` by model, with references to the owner's
    records"""
    role = next(one for one in roles.ROLES if roles.address(one) == user.login)
    ids = rows[role if role in roles.OWNERS else "owner"]["spare"]
    made = {model: env[model].browse(id_) for model, id_ in ids.items()}
    return {
        door: {
            model: values.of(env, model, user, 10 + number, made)
            for model in values.ORDER
        }
        for number, door in enumerate(DOORS)
    }


def _models(env):
    """Yield the addon's models, and models of Odoo to which it adds fields or
    methods."""
    for name, model in sorted(env.items()):
        if model._abstract:
            continue  # it has no records, and other models inherit its methods
        if model._original_module == ADDON or any(_ours(model)):
            yield name, model


def _ours(model):
    yield from _methods(model)
    yield from _fields(model)


def _surface(model):
    return {
        "own": model._original_module == ADDON,
        "methods": dict(_methods(model)),
        "fields": dict(_fields(model)),
    }


def _fields(model):
    for name, field in sorted(model._fields.items()):
        own = model._original_module == ADDON or field._module == ADDON
        if own and name not in models.MAGIC_COLUMNS:
            kept = bool(field.store or field.inverse)  # others cannot be written
            yield name, {"kept": kept, **_about(model.env, field)}


def _about(env, field):
    """:return: dict, the description from which a value can be created"""
    if field.type == "selection":
        return {"type": field.type, "choices": field.get_values(env)}
    return {"type": field.type, "relation": field.comodel_name}


def _methods(model):
    cls = type(model)
    for name in dir(cls):
        if name.startswith("_") or name in model._fields:
            continue
        method = getattr(cls, name)
        if not callable(method) or hasattr(models.BaseModel, name):
            continue
        if any(_is_ours(parent, name) for parent in cls.__mro__):
            needed = [
                parameter.name
                for parameter in list(inspect.signature(method).parameters.values())[1:]
                if parameter.default is parameter.empty
            ]
            of_model = bool(getattr(method, "_api_model", False))
            yield name, {"model": of_model, "needs": needed}


def _is_ours(cls, name):
    return name in vars(cls) and cls.__module__.startswith(CODE)
