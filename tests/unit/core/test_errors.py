# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is stored of the error messages of servers."""

from __future__ import annotations

from exchange_contact_sync.core import limits
from exchange_contact_sync.core.errors import OdooFailed, SyncError
from support.rows import for_each_row


@for_each_row("kind", [SyncError, OdooFailed])
@for_each_row("said", ["\ud800 and \0", "\0", "a\0b\udfff", "\x7f\x85"])
def test_the_detail_of_an_error_can_be_stored(kind: type[SyncError], said: str):
    kept = kind(said).detail

    assert "\0" not in kept
    assert kept.encode().decode() == kept


@for_each_row("said", ["x" * limits.DETAIL_CHARACTERS, "", "Not today."])
def test_short_texts_are_kept_in_full(said: str):
    assert SyncError(said).detail == said


def test_long_texts_are_shortened():
    kept = SyncError("x" * 50_000_000).detail

    assert kept == "x" * limits.DETAIL_CHARACTERS + " …"
