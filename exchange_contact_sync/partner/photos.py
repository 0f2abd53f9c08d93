# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read and write partners' photos (``core.ports.PictureStore``)."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.image import ImageProcess

from ..core import limits
from ..core.errors import ContactError, ContactTooLarge
from ..core.link import Link, LinkState
from ..core.photo import Picture, Pictured, digest

if TYPE_CHECKING:
    from odoo.models import BaseModel

    from ..core.ports import PictureStore
    from .gateway import PartnerGateway

    Mark = tuple[str, datetime]

IMAGE = "image_1920"
SIZE, QUALITY = (648, 648), 85
"""The largest photo of a person that Exchange shows (EWS page "GetUserPhoto":
HR648x648), and a quality without visible loss.
"""

IS_PHOTO = SQL(
    "a.res_model = 'res.partner' AND a.res_field = 'image_1920'"
    " AND a.mimetype NOT LIKE 'image/svg%%'"
)
"""A drawing (SVG) is not a photo: Odoo draws the initials of each new user, and no mail
client shows such an image.
"""

MARK = SQL(
    "SELECT a.checksum FROM ir_attachment a WHERE %s AND a.res_id = link.partner_id"
    " LIMIT 1",
    IS_PHOTO,
)
"""The mark of a picture: Odoo stores the picture as an attachment, with a checksum of
its content (``base/models/ir_attachment.py``).
"""


class Links(Protocol):
    """The links of the same account, as far as pictures need them."""

    def select(self, where: SQL, limit: int | None = None) -> list[Link]:
        """Return links by a condition on the table ``link``."""


class OdooPictures:
    """Photos of partners.

    :param links: of the same account
    """

    def __init__(self, partners: PartnerGateway, links: Links) -> None:
        self._partners = partners
        self._links = links
        self._env = partners.env(context={**partners.env.context, "bin_size": False})

    def changed(
        self, limit: int, skip: Iterable[int], *, pull: bool, push: bool
    ) -> list[Link]:
        """See the port."""
        self._env["ir.attachment"].flush_model()
        where = SQL(
            "link.state = %s AND link.remote_id <> '' AND link.photo IS NOT NULL"
            " AND link.partner_id IS NOT NULL AND NOT link.id = ANY(%s) AND ("
            " (%s AND COALESCE(link.photo->>'seen', '')"
            "   <> COALESCE(link.photo->>'theirs', ''))"
            " OR (%s AND (link.photo->>'sent' IS NOT NULL"
            "   OR COALESCE(link.photo->>'ours', '') <> COALESCE((%s), ''))))",
            LinkState.SYNCED.value,
            list(skip),
            pull,
            push,
            MARK,
        )
        return self._links.select(where, limit) if pull or push else []

    def fetch(self, ids: Sequence[int]) -> dict[int, Picture]:
        """See the port."""
        partners = self._env["res.partner"].search([("id", "in", list(ids))])
        change_tokens, marks = (
            self._partners.change_tokens(partners.ids),
            self._marks(partners.ids),
        )

        def read(work: list[tuple[BaseModel]]) -> list[Picture]:
            return [
                _picture(one, change_tokens[one.id], marks.get(one.id))
                for (one,) in work
            ]

        answers = self._partners.process_batch(read, [(one,) for one in partners])
        return {
            one.id: _unreadable(answer, change_tokens[one.id], marks.get(one.id))
            if isinstance(answer, ContactError)
            else answer
            for one, answer in zip(partners, answers, strict=True)
        }

    def save(
        self, pictures: Sequence[tuple[int, bytes]]
    ) -> list[Pictured | ContactError]:
        """See the port."""
        partners = self._env["res.partner"].browse([one for one, _image in pictures])
        contents = [content for _one, content in pictures]
        work = list(zip(partners, contents, strict=True))
        problems = [_too_large(content) for content in contents]
        fitting = [one for one, bad in zip(work, problems, strict=True) if not bad]
        answers = iter(self._partners.process_batch(self._save_all, fitting))
        return [bad or next(answers) for bad in problems]

    def _save_all(self, work: list[tuple[BaseModel, bytes]]) -> list[Pictured]:
        for partner, content in work:
            partner.write({IMAGE: base64.b64encode(content) if content else False})
        ids = [partner.id for partner, _content in work]
        self._env.flush_all()
        change_tokens, marks = self._partners.change_tokens(ids), self._marks(ids)
        return [
            Pictured(one, change_tokens[one], marks[one][0] if one in marks else "")
            for one in ids
        ]

    def _marks(self, ids: Sequence[int]) -> dict[int, Mark]:
        """Return the checksum and the time of the last write, by id of the partner."""
        if not ids:
            return {}
        self._env["ir.attachment"].flush_model()
        query = SQL(
            "SELECT a.res_id, a.checksum, a.write_date FROM ir_attachment a"
            " WHERE %s AND a.res_id IN %s",
            IS_PHOTO,
            tuple(ids),
        )
        return {one: rest for one, *rest in self._env.execute_query(query)}


def _picture(partner: BaseModel, change_token: str, known: Mark | None) -> Picture:
    if known is None:
        return Picture(change_token=change_token)
    mark, modified = known
    if not partner[IMAGE]:  # Odoo reads a missing file as an empty one
        raise FileNotFoundError(f"The file of the picture {mark} is missing")
    kept = base64.b64decode(partner[IMAGE])
    modified = modified.replace(tzinfo=timezone.utc)
    return Picture(mark, _smaller(kept), modified, change_token, digest(kept))


def _unreadable(
    problem: ContactError, change_token: str, known: Mark | None
) -> Picture:
    """Return a picture that exists, but of which only the mark is known."""
    mark, _modified = known or ("", None)
    return Picture(mark, change_token=change_token, problem=problem)


def _too_large(content: bytes) -> ContactTooLarge | None:
    """Return an error if the image is too large.

    Only the head of the file is read, because a small file may contain a huge image.
    Odoo checks whether the file is an image at all.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
    except Image.DecompressionBombError as error:
        return ContactTooLarge(str(error))
    except (OSError, SyntaxError, ValueError):
        return None
    if width * height <= limits.PHOTO_PIXELS:
        return None
    return ContactTooLarge(f"a photo of {width} × {height} pixels")


def _smaller(content: bytes) -> bytes:
    """Return the picture as it is sent. A picture that Odoo cannot reduce is sent
    unchanged.
    """
    try:
        image = ImageProcess(content).resize(*SIZE)
        smaller: bytes = image.image_quality(QUALITY, "JPEG")
        return smaller
    except (UserError, Image.DecompressionBombError):
        return content


if TYPE_CHECKING:
    _port: type[PictureStore] = OdooPictures
