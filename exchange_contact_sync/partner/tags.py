# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Look up tags in this database."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from odoo import Command
from odoo.tools import SQL

from ..core.errors import ContactError
from ..core.normalize import member, members
from ..core.reference_data import ReferenceData
from .places import languages
from .refusals import process_batch

if TYPE_CHECKING:
    from odoo.api import Environment
    from odoo.models import BaseModel

_logger = logging.getLogger(__name__)

FIELD = "category_id"
"""The field of ``res.partner``."""

PARENT = " / "
"""The separator between the names of a tag and its parent
(``ResPartnerCategory._compute_display_name``).
"""


class Tags:
    """Tags by their name with its parents, "Parent / Child", ignoring case.

    The names are in the owner's language; the names of a tag in the other installed
    languages refer to the same tag. Archived tags are included, so that no duplicate of
    one is created. The object is valid within one transaction.

    :param env: of the account's owner, ``active_test`` off
    :ivar reference_data: with names only
    """

    def __init__(self, env: Environment) -> None:
        self._model = env["res.partner.category"]
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}
        found = self._model.search_fetch(
            [], ["name", "parent_id"], order="active DESC, id"
        )
        for tag, name in zip(found, _shown(env, found), strict=True):
            if name is not None:
                self._names[tag.id] = member(name)
                self._ids.setdefault(self._names[tag.id], tag.id)
        self.reference_data = ReferenceData(tag_names=self._in_other_languages(env))

    def _in_other_languages(self, env: Environment) -> dict[str, str]:
        others = [lang for lang in languages(env) if lang != (env.lang or "en_US")]
        if not others:
            return {}
        self._model.flush_model(["name", "parent_id"])
        query = SQL("SELECT id, parent_path, name FROM res_partner_category")
        rows = {tag: rest for tag, *rest in env.execute_query(query)}
        found: dict[str, str] = {}
        for tag, own in self._names.items():
            for lang in others:
                name = _path(tag, rows, lang)
                if name not in self._ids:
                    found.setdefault(name, own)
        return found

    @property
    def names(self) -> frozenset[str] | None:
        """Return names in canonical form; None if the owner may create other tags."""
        may_create = self._model.has_access("create")
        return None if may_create else frozenset(self._ids)

    def commands(self, text: str, partner: BaseModel) -> list[Any]:
        """Return commands that add and remove tags.

        Tags that stay are not changed, even if there is a duplicate of one.

        :param text: the tags for the partner; all of them exist
        :param partner: record of ``res.partner``, empty for a new one
        :return: commands for the field
        """
        wanted = members(text, self.reference_data).keys()
        held = partner[FIELD] if partner else ()
        names = {tag.id: self._name_of(tag) for tag in held}
        return [
            *(Command.unlink(tag) for tag, name in names.items() if name not in wanted),
            *(Command.link(self._ids[one]) for one in wanted - set(names.values())),
        ]

    def _name_of(self, tag: BaseModel) -> str:
        return self._names.get(tag.id) or member(tag.display_name)

    def create_missing(self, texts: Iterable[str]) -> None:
        """Create the missing tags, one level at a time.

        :param texts: each with the names of tags, one per line
        :raises AccessError: the owner may not create tags
        """
        wanted = {}
        for text in texts:
            wanted.update(members(text, self.reference_data))
        missing = [name for one, name in wanted.items() if one not in self._ids]
        level = 0
        while missing:
            self._create_level([name.split(PARENT) for name in missing], level)
            missing = [name for name in missing if self._key(name) not in self._ids]
            level += 1

    def _key(self, name: str) -> str:
        return self.reference_data.tag(member(name))

    def _create_level(self, paths: Sequence[list[str]], level: int) -> None:
        vals: dict[str, dict[str, Any]] = {}
        for path in paths:
            key = self._key(PARENT.join(path[: level + 1]))
            if key not in self._ids:
                above = self._ids.get(self._key(PARENT.join(path[:level])), False)
                vals.setdefault(key, {"name": path[level], "parent_id": above})
        made = self._model.create(list(vals.values()))
        self._ids.update(zip(vals, made.ids, strict=True))


def _shown(env: Environment, tags: BaseModel) -> list[str | None]:
    """Return the names of tags with their parents; None for a tag for which an app
    fails.

    Such a tag is assigned to no partner, and a partner that has it cannot be read.
    """
    names = process_batch(
        env,
        lambda some: [tag.display_name for tag in some],
        list(tags),
        lambda: None,
        _without_name,
    )
    return [None if isinstance(name, ContactError) else name for name in names]


def _without_name(_env: Environment, error: Exception, tag: BaseModel) -> None:
    _logger.warning("The name of tag %s cannot be read", tag.id, exc_info=error)


def _path(tag: int, rows: Mapping[int, Any], lang: str) -> str:
    """Return the name of a tag with its parents in a language, in canonical form."""
    above = [int(one) for one in (rows[tag][0] or str(tag)).split("/") if one]
    names = [rows[one][1] or {} for one in above if one in rows]
    texts = (name.get(lang) or name.get("en_US") or "" for name in names)
    return member(PARENT.join(texts))
