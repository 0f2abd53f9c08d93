# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All that a synchronization leaves behind, so that two ends can be compared.

What is another thing each time is left out or named instead: numbers, identities,
versions and moments.
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
"""Each tag, so that a twin is seen, with everybody who has it."""

PICTURES = """
    SELECT p.name, a.checksum
      FROM ir_attachment a JOIN res_partner p ON p.id = a.res_id
     WHERE a.res_model = 'res.partner' AND a.res_field = 'image_1920'
"""

Picture = dict[str, list]


def picture(stage: Stage) -> Picture:
    """Both sides and the bookkeeping between them.

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
    """Also those that were deleted but are still somewhere."""
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
        # An identity is that of the link, and a version the one that is there.
        identities in ([], [link.sync_key]),
        item and link.remote_version == item.change_key,
    )


def _created(env: odoo.orm.environments.Environment) -> list:
    """Whatever was created was counted once, by whichever run."""
    return _rows(
        env,
        "SELECT sum(imported_created), sum(exported_created) FROM exchange_sync_run",
    )
