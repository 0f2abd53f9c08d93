# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The whole result of a synchronization, so that two results can be compared.

Values that differ each time (ids, sync keys, versions and times) are left out or
replaced by a name.
"""

from __future__ import annotations

import odoo.orm.environments

from exchange_server.store.item import Item
from robustness.machine.stage import Stage
from support.cases.sync_mailbox import IDENTITY, KEYS
from support.photos import photos

MOMENTS_AND_NUMBERS = {
    "id",
    "parent_id",
    "commercial_partner_id",
    "create_date",
    "create_uid",
    "exchange_content_date",
    "write_date",
    "write_uid",
}

TAGS = """
    SELECT tag.name, tag.parent_id IS NULL, p.name
      FROM res_partner_category tag
      LEFT JOIN res_partner_res_partner_category_rel rel ON rel.category_id = tag.id
      LEFT JOIN res_partner p ON p.id = rel.partner_id
"""
"""Return each tag with the contacts that have it, so that duplicates show."""

PICTURES = """
    SELECT p.name, a.checksum
      FROM ir_attachment a JOIN res_partner p ON p.id = a.res_id
     WHERE a.res_model = 'res.partner' AND a.res_field = 'image_1920'
"""

Picture = dict[str, list]


def picture(stage: Stage) -> Picture:
    """Return both sides and the links between them.

    :returns: by part, a sorted list
    """
    items = _items(stage)
    with stage.everything() as env:
        return {
            "partners": _partners(stage, env),
            "pictures": _rows(env, PICTURES),
            "tags": _rows(env, TAGS),
            "items": sorted((_item(item) for item in items), key=repr),
            "links": _links(env, {item.id: item for item in items}),
            "created": _created(env),
            "waiting": _rows(
                env, "SELECT change_type, deferred, facts FROM exchange_inbox_entry"
            ),
            "open runs": _rows(
                env, "SELECT id FROM exchange_sync_run WHERE state = 'running'"
            ),
        }


def _rows(env: odoo.orm.environments.Environment, query: str, *args: object) -> list:
    env.cr.execute(query, args)
    return sorted(env.cr.fetchall(), key=repr)


def _partners(stage: Stage, env: odoo.orm.environments.Environment) -> list:
    rows = _rows(
        env,
        "SELECT to_jsonb(p), parent.name FROM res_partner p"
        " LEFT JOIN res_partner parent ON parent.id = p.parent_id WHERE p.id > %s",
        stage.people_after,
    )
    return sorted((_partner(row), repr(parent)) for row, parent in rows)


def _partner(row: dict[str, object]) -> list[tuple[str, str]]:
    kept = row.keys() - MOMENTS_AND_NUMBERS
    return sorted((key, repr(row[key])) for key in kept if row[key] is not None)


def _items(stage: Stage) -> list[Item]:
    """Also items in Deleted Items and in the recoverable items."""
    return [i for i in stage.mailbox.items.values() if i.item_class == "IPM.Contact"]


def _item(item: Item) -> tuple:
    values = {
        key: "ours" if IDENTITY in key else value for key, value in item.values.items()
    }
    return item.folder.name, sorted(values.items(), key=repr), photos(item)


def _links(env: odoo.orm.environments.Environment, items: dict[str, Item]) -> list:
    links = env["exchange.contact.link"].search([])
    return sorted((_link(link, items.get(link.remote_id)) for link in links), key=repr)


def _link(link: odoo.models.BaseModel, item: Item | None) -> tuple:
    identities = [v for k, v in item.values.items() if IDENTITY in k] if item else []
    return (
        link.partner_id.name,
        item and item.values[KEYS["name"]],
        link.folder_id.name,
        link.state,
        link.created_by_us,
        sorted(link.base.items()) if link.base else link.base,
        # The sync key equals the link's, and the version is the current one.
        identities in ([], [link.sync_key]),
        item and link.remote_version == item.change_key,
    )


def _created(env: odoo.orm.environments.Environment) -> list:
    """Each contact that was created was counted once, by one of the runs."""
    return _rows(
        env,
        "SELECT sum(imported_created), sum(exported_created) FROM exchange_sync_run",
    )
