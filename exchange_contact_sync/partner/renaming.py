# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rename companies and tags when only their spelling was edited.

Companies and tags are records. Only different capitals or a different punctuation of
legal forms count as another spelling; any other text means another company or tag.
Renaming changes the name for everyone who shares the record, and creates no duplicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..core.normalize import company as company_form
from ..core.normalize import member, members
from ..core.text import line
from .mapping import TAGS, company_of
from .tags import FIELD as TAGS_FIELD
from .tags import PARENT

if TYPE_CHECKING:
    from odoo.models import BaseModel


def rename_company_and_tags(partner: BaseModel, values: Mapping[str, str]) -> None:
    """Rename the partner's company and tags if the new values spell them differently.

    :param partner: record of ``res.partner``, before the values are written
    :param values: row to text
    :raises AccessError: the owner may not rename the record
    """
    if values.get("company"):
        _rename_company(partner, line(values["company"]))
    if values.get(TAGS):
        _rename_tags(partner[TAGS_FIELD], members(values[TAGS]))


def _rename_company(partner: BaseModel, name: str) -> None:
    """Rename the company, unless it is one of Odoo's own companies (``res.company``),
    whose names appear on their documents.
    """
    company = partner.commercial_partner_id
    known = line(company_of(partner))
    if company == partner or not company.is_company or known == name:
        return
    if company_form(known) != company_form(name):
        return
    own = (
        company.env["res.company"]
        .sudo()
        .search_count([("partner_id", "=", company.id)], limit=1)
    )
    if not own:
        company.name = name


def _rename_tags(tags: BaseModel, wanted: Mapping[str, str]) -> None:
    for tag in tags:
        shown = line(tag.display_name)
        name = wanted.get(member(shown), shown)
        if name != shown:
            _rename_path(tag, name.split(PARENT))


def _rename_path(tag: BaseModel, path: list[str]) -> None:
    """Rename a tag and its parent tags.

    :param path: the names from the topmost tag down to this one
    """
    while tag and path:
        name = path.pop()
        if line(tag.name or "") != name:
            tag.name = name
        tag = tag.parent_id
